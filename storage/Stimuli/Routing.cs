using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Storage.Stimuli;

/// <summary>What the stimuli and waits of a commit lead to, as statements.</summary>
internal sealed class Routing
{
    private readonly Database database;

    public Routing(Database database, Guid merchantId, StimulusDecisions decided)
    {
        this.database = database;
        var engine = new EngineStatements(database, merchantId);
        LeavesWork = decided.Items.Count > 0;
        Statements =
        [
            .. decided.Items.Select(item => item.Kind == WorkKind.Start ? engine.EnqueueStart(item) : engine.Enqueue(item)),
            .. decided.Kept.Select(database.Tables.For<EarlyStimulus>().Insert),
            .. decided.Taken.Select(early => Forget(early, merchantId)),
            .. decided.Hits.Select(hit => KeepUnlessQueued(decided.Early(hit.Stimulus), hit.Items)),
        ];
    }

    public IReadOnlyList<Statement> Statements { get; }

    public bool LeavesWork { get; }

    // A timer may have queued the resume of a wait between our look and our insert. The stimulus then hit nothing, and is
    // kept, as it asked.
    private Statement KeepUnlessQueued(EarlyStimulus early, IReadOnlyList<Guid> items)
    {
        var (table, dialect) = (database.Tables.For<EarlyStimulus>(), database.Dialect);
        return table.InsertUnless(
            early,
            $"SELECT 1 FROM work_items WHERE merchant_id = {dialect.Parameter(table.Place("merchant_id"))} AND {dialect.IsOneOf("id", dialect.Parameter(table.CarriedCount + 1))}",
            new SqlValue(dialect.GuidList([.. items])));
    }

    private Statement Forget(EarlyStimulus early, Guid merchantId) =>
        database.Tables.For<EarlyStimulus>().Delete(MustTouch.OneRow, ("merchant_id", merchantId), ("id", early.Id));
}
