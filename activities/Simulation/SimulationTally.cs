using System.Globalization;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Activities.Simulation;

/// <summary>Adds simulated cases up. Sums know no order, so that cases may come from several threads; what is shown is sorted.</summary>
internal sealed class SimulationTally(QuietHours days)
{
    private const int DaysOfWeek = 7;

    private readonly Lock gate = new();
    private readonly Dictionary<CaseEnding, int> endings = [];
    private readonly Dictionary<string, int> what = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Invoiced, long Paid)> sums = new(StringComparer.Ordinal);
    private readonly Dictionary<(DateOnly Monday, string Currency), (long Paid, int Messages)> weeks = [];
    private readonly Dictionary<(string StepId, string Currency), (int Cases, long Open)> waits = [];
    private readonly Dictionary<(string? StepId, string Message), int> stops = [];
    private readonly Dictionary<string, int> steps = new(StringComparer.Ordinal);
    private readonly Dictionary<(string StepId, string Outcome), int> outcomes = [];
    private long daysToPayment;
    private int paid;
    private int cases;

    /// <summary>Adds a case.</summary>
    public void Add(SimulatedCase simulated)
    {
        lock (gate)
        {
            cases++;
            Count(endings, simulated.Ending);
            var currency = simulated.Amount.Currency;
            var sum = sums.GetValueOrDefault(currency);
            sums[currency] = (sum.Invoiced + simulated.Amount.AmountMinor, sum.Paid + simulated.Amount.AmountMinor - simulated.Open.AmountMinor);
            if (simulated.PaidAt is { } paidAt)
            {
                paid++;
                daysToPayment += days.DayOf(paidAt).DayNumber - simulated.IssueDate.DayNumber;
            }

            if (simulated is { Ending: CaseEnding.Waiting or CaseEnding.CutShort, StepId: { } at })
            {
                var wait = waits.GetValueOrDefault((at, currency));
                waits[(at, currency)] = (wait.Cases + 1, wait.Open + simulated.Open.AmountMinor);
            }

            if (simulated.StoppedBy is { } message)
            {
                Count(stops, (simulated.StepId, message));
            }

            AddMoments(simulated, currency);
        }
    }

    /// <summary>What they come to.</summary>
    public SimulationTotals Total()
    {
        lock (gate)
        {
            return new SimulationTotals
            {
                Cases = cases,
                Endings = Enum.GetValues<CaseEnding>().ToDictionary(ending => ending, ending => endings.GetValueOrDefault(ending)),
                Messages = messages.OrderBy(channel => channel.Key, StringComparer.Ordinal).ToDictionary(channel => channel.Key, channel => channel.Value),
                Merged = Of(EventNames.MessageCovered),
                NotNeeded = Of(EventNames.MessageCancelled),
                Requests = Of(EventNames.RequestCreated),
                Debits = Of(EventNames.DebitCreated),
                FailedDebits = Of(EventNames.DebitFailed) + Of(EventNames.DebitReturned),
                Tasks = Of(EventNames.TaskCreated),
                Callbacks = Of(MomentNames.CallbackSent),
                Sums = [.. sums.OrderBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => new SimulatedSum(sum.Key, sum.Value.Invoiced, sum.Value.Paid))],
                AverageDaysToPayment = paid == 0 ? null : decimal.Round((decimal)daysToPayment / paid, 1),
                Weeks = [.. weeks.OrderBy(week => week.Key.Monday).ThenBy(week => week.Key.Currency, StringComparer.Ordinal)
                    .Select(week => new SimulatedWeek(week.Key.Monday, week.Key.Currency, week.Value.Paid, week.Value.Messages))],
                Waiting = [.. waits.OrderByDescending(wait => wait.Value.Cases).ThenBy(wait => wait.Key.StepId, StringComparer.Ordinal).ThenBy(wait => wait.Key.Currency, StringComparer.Ordinal)
                    .Select(wait => new SimulatedWait(wait.Key.StepId, wait.Key.Currency, wait.Value.Cases, wait.Value.Open))],
                Stops = [.. stops.OrderByDescending(stop => stop.Value).ThenBy(stop => stop.Key.StepId, StringComparer.Ordinal).ThenBy(stop => stop.Key.Message, StringComparer.Ordinal)
                    .Select(stop => new SimulatedStop(stop.Key.StepId, stop.Key.Message, stop.Value))],
                Steps = steps.OrderBy(step => step.Key, StringComparer.Ordinal).ToDictionary(step => step.Key, step => new SimulatedStep(step.Value, OutcomesOf(step.Key))),
            };
        }
    }

    private void AddMoments(SimulatedCase simulated, string currency)
    {
        foreach (var moment in simulated.Moments)
        {
            Count(what, moment.What);
            var week = (MondayOf(moment.At), currency);
            var before = weeks.GetValueOrDefault(week);
            switch (moment.What)
            {
                case EventNames.MessageSent:
                    Count(messages, moment.Values.GetValueOrDefault("channel") ?? "");
                    weeks[week] = before with { Messages = before.Messages + 1 };
                    break;
                case EventNames.PaymentReceived:
                    weeks[week] = before with { Paid = before.Paid + long.Parse(moment.Values["amountMinor"]!, CultureInfo.InvariantCulture) };
                    break;
            }
        }

        // A case that passes a step twice is one case there.
        foreach (var step in simulated.Moments.Where(moment => IsOfStep(moment) && moment.StepId is not null).Select(moment => moment.StepId!).Distinct())
        {
            Count(steps, step);
        }

        foreach (var left in simulated.Moments.Where(moment => moment is { StepId: not null, Outcome: not null }).Select(moment => (moment.StepId!, moment.Outcome!)).Distinct())
        {
            Count(outcomes, left);
        }
    }

    private Dictionary<string, int> OutcomesOf(string stepId) =>
        outcomes.Where(left => left.Key.StepId == stepId).OrderBy(left => left.Key.Outcome, StringComparer.Ordinal).ToDictionary(left => left.Key.Outcome, left => left.Value);

    private int Of(string name) => what.GetValueOrDefault(name);

    private DateOnly MondayOf(DateTimeOffset at)
    {
        var day = days.DayOf(at);
        return day.AddDays(-(((int)day.DayOfWeek + DaysOfWeek - (int)DayOfWeek.Monday) % DaysOfWeek));
    }

    private static bool IsOfStep(SimulatedMoment moment) => moment.What is MomentNames.StepDecided or MomentNames.StepWaiting or MomentNames.CaseStopped;

    private static void Count<TKey>(Dictionary<TKey, int> counts, TKey key) where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
