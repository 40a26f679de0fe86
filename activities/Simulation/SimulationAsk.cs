using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Simulation;

namespace CentralPay.Workflows.Activities.Simulation;

/// <summary>What to simulate: a version of a scenario, over past invoices or made-up ones.</summary>
public sealed record SimulationAsk
{
    /// <summary>The most invoices of one simulation.</summary>
    public const int MostInvoices = 10_000;

    /// <summary>The most invoices that can be made up.</summary>
    public const int MostMadeUp = 100;

    /// <summary>The most cases that are answered with their timelines.</summary>
    public const int MostTimelines = 1_000;

    /// <summary>The most days that a case is followed.</summary>
    public const int MostDays = 730;

    /// <summary>How many days a case is followed where nobody says otherwise.</summary>
    public const int YearDays = 365;

    /// <summary>The scenario.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Its version; null for the newest, a draft or not.</summary>
    public int? Version { get; init; }

    /// <summary>Which past invoices; null where they are made up.</summary>
    public PastPeriod? Past { get; init; }

    /// <summary>Made-up invoices; none where past ones are asked for.</summary>
    public IReadOnlyList<MadeUpInvoice> MadeUp { get; init; } = [];

    /// <summary>What payers do; null for what payers of past invoices really did, and for never paying made-up ones.</summary>
    public PayerBehaviour? Assumed { get; init; }

    /// <summary>How many past invoices, 1 to 10,000.</summary>
    public int Limit { get; init; } = MostInvoices;

    /// <summary>
    /// How many days cases are followed after their invoice came in, 1 to 730; invoices of one customer are simulated together, and
    /// followed for so long after the last of them. What really happened is followed until today at the most.
    /// </summary>
    public int Days { get; init; } = YearDays;

    /// <summary>How many cases are answered with their timelines, 0 to 1,000; the totals count all.</summary>
    public int Timelines { get; init; } = MostTimelines;

    /// <summary>Throws <see cref="RuleViolationException"/> for what is out of range, each field named.</summary>
    public void Check()
    {
        var broken = new List<RuleViolation>();
        InRange("limit", Limit, 1, MostInvoices);
        InRange("days", Days, 1, MostDays);
        InRange("timelines", Timelines, 0, MostTimelines);
        if (Past is { } past && past.To < past.From)
        {
            broken.Add(RuleViolation.Of("past.to", RuleCodes.PeriodEndsFirst, ("from", $"{past.From:yyyy-MM-dd}")));
        }

        if (Past is not null && MadeUp.Count > 0)
        {
            broken.Add(RuleViolation.Of("invoices", RuleCodes.PastOrMadeUp));
        }

        if (Past is null && MadeUp.Count is 0 or > MostMadeUp)
        {
            broken.Add(MadeUp.Count == 0
                ? RuleViolation.Of("past", RuleCodes.Required)
                : RuleViolation.Of("invoices", RuleCodes.NumberOutOfRange, ("from", "1"), ("to", $"{MostMadeUp}")));
        }

        if (broken.Count > 0)
        {
            throw new RuleViolationException(broken);
        }

        Assumed?.Check();
        for (var place = 0; place < MadeUp.Count; place++)
        {
            MadeUp[place].Check($"invoices[{place}]");
        }

        void InRange(string field, int number, int from, int to)
        {
            if (number < from || number > to)
            {
                broken.Add(RuleViolation.Of(field, RuleCodes.NumberOutOfRange, ("from", $"{from}"), ("to", $"{to}")));
            }
        }
    }
}

/// <summary>What a simulation came to.</summary>
public sealed record SimulationResult
{
    /// <summary>The number of the version that was simulated.</summary>
    public required int Version { get; init; }

    /// <summary>What all cases come to.</summary>
    public required SimulationTotals Totals { get; init; }

    /// <summary>The first cases with their timelines, in the order of their invoices.</summary>
    public required IReadOnlyList<SimulatedCase> Cases { get; init; }
}
