namespace CentralPay.Workflows.Payments.Figures;

/// <summary>What stopped and wants a decision, by cause, with the money behind it. Scoped to a merchant.</summary>
public interface IIncidentFigures
{
    /// <summary>The causes of what is open, the most frequent first.</summary>
    ValueTask<IReadOnlyList<CauseFigures>> CausesAsync(CancellationToken cancellationToken = default);
}

/// <summary>Open incidents of one cause at one step of one scenario. Amounts are in minor units of the merchant's currency; invoices in another are counted, not summed.</summary>
/// <param name="Cause">The text that equal incidents share.</param>
/// <param name="ScenarioId">The scenario; null where there is none.</param>
/// <param name="StepId">The step that failed; null where none did.</param>
/// <param name="Kind">Who can mend it, by name.</param>
/// <param name="StopsCases">Whether cases stand still; otherwise somebody only has to see to it outside.</param>
/// <param name="Incidents">How many are open.</param>
/// <param name="OpenMinor">Owed on the invoices of their cases, each counted once.</param>
/// <param name="Oldest">When the first of them happened (business time).</param>
public sealed record CauseFigures(string Cause, string? ScenarioId, string? StepId, string Kind, bool StopsCases, int Incidents, long OpenMinor, DateTimeOffset Oldest);
