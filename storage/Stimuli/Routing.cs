using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Storage.Stimuli;

/// <summary>What the stimuli and waits of a commit lead to, as statements.</summary>
internal sealed class Routing
{
    private readonly Database database;
    private readonly StimulusDecisions decided;
    private readonly HashSet<Guid> queued = [];

    public Routing(Database database, Guid merchantId, StimulusDecisions decided, HashSet<Guid> existingCases)
    {
        this.database = database;
        this.decided = decided;
        var engine = new EngineStatements(database, merchantId);
        List<WorkItem> items = [.. decided.Items.Where(item => item.Kind != WorkKind.Start || !existingCases.Contains(item.CaseId))];
        LeavesWork = items.Count > 0;
        Statements =
        [
            .. items.Select(item => engine.Enqueue(item) with { WhenDone = touched => Queued(item, touched) }),
            .. decided.Kept.Select(Keep),
            .. decided.Taken.Select(early => Forget(early, merchantId)),
        ];
    }

    public IReadOnlyList<Statement> Statements { get; }

    public bool LeavesWork { get; }

    /// <summary>
    /// Run last: a timer may have queued the resume of a wait between our look and our insert. The stimulus then hit
    /// nothing, and is kept if it asked for that.
    /// </summary>
    public IReadOnlyList<Statement> KeepWhatHitNothing() =>
        [.. decided.Hits.Where(hit => hit.Items.All(item => !queued.Contains(item))).Select(hit => Keep(decided.Early(hit.Stimulus)))];

    private void Queued(WorkItem item, int touched)
    {
        if (touched > 0)
        {
            queued.Add(item.Id);
        }
    }

    private Statement Keep(EarlyStimulus early) => database.Tables.For<EarlyStimulus>().Insert(early);

    private Statement Forget(EarlyStimulus early, Guid merchantId)
    {
        var table = database.Tables.For<EarlyStimulus>();
        var p = database.Dialect.Parameter;
        return new Statement(
            $"DELETE FROM early_stimuli WHERE merchant_id = {p(1)} AND id = {p(2)}",
            [table["merchant_id"].With(merchantId), table["id"].With(early.Id)],
            table.Name,
            MustTouch.OneRow);
    }
}
