namespace CentralPay.Workflows.Payments.Figures;

/// <summary>Where the euros of each scenario stand: cases, what they still wait for, what they brought in. Scoped to a merchant.</summary>
public interface IScenarioFigures
{
    /// <summary>Every scenario that ever had a case about an invoice, in no order.</summary>
    ValueTask<IReadOnlyList<ScenarioFigures>> AllAsync(CancellationToken cancellationToken = default);

    /// <summary>The steps of one scenario at which cases wait now, over all its versions, in no order.</summary>
    /// <param name="scenarioId">The scenario (its definition id).</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<IReadOnlyList<WaitingFigures>> WaitingAsync(string scenarioId, CancellationToken cancellationToken = default);
}

/// <summary>One scenario's cases and money. Amounts are in minor units of the merchant's currency; invoices in another are counted, not summed.</summary>
/// <param name="ScenarioId">The scenario (its definition id).</param>
/// <param name="RunningCases">Cases that have not ended.</param>
/// <param name="OpenMinor">Still owed on the invoices of its running cases.</param>
/// <param name="ClaimedMinor">Invoiced on all invoices it ever took up, without those withdrawn.</param>
/// <param name="RecoveredMinor">Of that, no longer owed.</param>
public sealed record ScenarioFigures(string ScenarioId, int RunningCases, long OpenMinor, long ClaimedMinor, long RecoveredMinor)
{
    /// <summary>The share of the claimed money that came in, from 0 to 1; null where nothing was claimed.</summary>
    public decimal? RecoveryRate => ClaimedMinor == 0 ? null : (decimal)RecoveredMinor / ClaimedMinor;
}

/// <summary>What waits at one step.</summary>
/// <param name="StepId">The step in the scenario.</param>
/// <param name="Cases">Cases that wait there.</param>
/// <param name="OpenMinor">Owed on their invoices, in minor units of the merchant's currency.</param>
public sealed record WaitingFigures(string StepId, int Cases, long OpenMinor);
