using CentralPay.Workflows.Activities.Simulation;

namespace CentralPay.Workflows.Designer.Scenarios.Simulating;

/// <summary>The weeks of a simulation as a chart needs them: one after the other, empty ones too.</summary>
internal static class SimulatedWeeks
{
    private const int DaysOfWeek = 7;

    /// <summary>The weeks of one currency from the first to the last.</summary>
    public static IReadOnlyList<SimulatedWeek> Whole(IReadOnlyList<SimulatedWeek> weeks, string currency)
    {
        var known = weeks.Where(week => week.Currency == currency).ToDictionary(week => week.Monday);
        if (known.Count == 0)
        {
            return [];
        }

        var (first, last) = (known.Keys.Min(), known.Keys.Max());
        return
        [
            .. Enumerable.Range(0, ((last.DayNumber - first.DayNumber) / DaysOfWeek) + 1)
                .Select(week => first.AddDays(week * DaysOfWeek))
                .Select(monday => known.GetValueOrDefault(monday) ?? new SimulatedWeek(monday, currency, 0, 0)),
        ];
    }
}
