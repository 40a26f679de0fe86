namespace CentralPay.Workflows.Payments.Figures;

/// <summary>What stopped and wants a decision, by cause, with the money behind it. Scoped to a merchant.</summary>
public interface IIncidentFigures
{
    /// <summary>The causes of what is open, the most frequent first; of equally frequent ones the oldest.</summary>
    /// <param name="after">The place of the last one of the page before; null for the first page.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<IReadOnlyList<CauseFigures>> CausesAsync(CausePlace? after, int limit, CancellationToken cancellationToken = default);
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
public sealed record CauseFigures(string Cause, string? ScenarioId, string? StepId, string Kind, bool StopsCases, int Incidents, long OpenMinor, DateTimeOffset Oldest)
{
    /// <summary>Where it stands in the list.</summary>
    public CausePlace Place => new(Incidents, Oldest, $"{ScenarioId}/{StepId}/{Kind}/{Cause}");
}

/// <summary>A place in the list of causes.</summary>
/// <param name="Incidents">How many are open.</param>
/// <param name="Oldest">When the first of them happened.</param>
/// <param name="Name">Scenario, step, kind and cause in one.</param>
public sealed record CausePlace(int Incidents, DateTimeOffset Oldest, string Name);
