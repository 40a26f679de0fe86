using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Migration;

/// <summary>One case on its way to another version: its state brought over as far as the rules let it. Nothing is written yet.</summary>
/// <param name="Case">The case as it is.</param>
/// <param name="Before">Its state on the old version.</param>
/// <param name="After">Its state on the new one.</param>
/// <param name="Transfer">What was brought over.</param>
/// <param name="Verdict">What becomes of it.</param>
internal sealed record CaseTransfer(CaseRecord Case, Burst? Before, Burst? After, StateTransfer? Transfer, CaseVerdict Verdict)
{
    /// <summary>Brings a case's state over.</summary>
    public static async ValueTask<CaseTransfer> OfAsync(CaseRecord @case, VersionMap map, IEngineUnitOfWork work, BurstServices services, ICaseStore cases, CancellationToken cancellationToken)
    {
        if (@case.SubStatus == CaseSubStatus.Paused)
            return Staying(@case, new Hindrance(HindranceKind.IsPaused));
        Burst before;
        try
        {
            before = new Burst(map.From, @case, work, services, cancellationToken);
        }
        catch (ScenarioFaultException exception)
        {
            return Staying(@case, new Hindrance(HindranceKind.Failed, exception.Message));
        }

        var after = new Burst(map.To, @case with { State = default, DefinitionVersionId = map.To.VersionId, Version = map.To.Version }, work, services, cancellationToken);
        var transfer = new StateTransfer(before, after, map, StateTransfer.LooksBack(before, map) ? await StepThatRan.InAsync(cases, @case.Id, map, cancellationToken) : new HashSet<StepThatRan>());
        if (transfer.Carry() is { } hindrance)
            return Staying(@case, hindrance);
        var at = @case.WaitingNodeId;
        var to = transfer.Moves.FirstOrDefault(move => move.From == at)?.To;
        return new CaseTransfer(@case, before, after, transfer, new CaseVerdict(@case.Id, @case.Reference, at, to, null));
    }

    /// <summary>A case that stays.</summary>
    public static CaseTransfer Staying(CaseRecord @case, Hindrance why) => new(@case, null, null, null, new CaseVerdict(@case.Id, @case.Reference, @case.WaitingNodeId, null, why));
}
