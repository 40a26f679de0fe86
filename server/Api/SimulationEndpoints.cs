using CentralPay.Workflows.Activities.Simulation;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Scenarios.Simulating;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Simulation;

namespace CentralPay.Workflows.Server.Api;

/// <summary>What a scenario would do over past or made-up invoices. Nothing is kept of it, and nothing leaves the house.</summary>
internal static class SimulationEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/scenarios/{id}/simulate", async (string id, SimulationAsked asked, ScenarioSimulation simulation, ScenarioDesk desk, IMerchantRecords records, MomentWords words, CancellationToken cancellationToken) =>
        {
            var merchant = await records.MerchantAsync(cancellationToken);
            var result = await simulation.RunAsync(asked.Of(id, merchant.Currency), null, cancellationToken);
            var drawn = await desk.GetAsync(id, result.Version, cancellationToken);
            return Results.Ok(SimulationShown.Of(result, drawn is null ? null : ScenarioReader.Read(drawn.Json), words));
        })
            .Needs(Permissions.DrawScenarios).Produces<SimulationShown>().ProducesProblem(StatusCodes.Status429TooManyRequests).WithTags("scenarios");
}

/// <summary>A simulation to run: a period of past invoices, or some that are made up, and what is assumed of payers.</summary>
internal sealed record SimulationAsked(int? Version, PeriodAsked? Past, IReadOnlyList<InvoiceAsked>? Invoices, PayersAsked? Payers, int? Limit, int? Days, int? Timelines)
{
    private const int UsualTimelines = 50;

    public SimulationAsk Of(string id, string merchantCurrency) => new()
    {
        DefinitionId = id,
        Version = Version,
        Past = Past?.Of(),
        MadeUp = [.. (Invoices ?? []).Select(invoice => invoice.Of(merchantCurrency))],
        Assumed = Payers?.Of(),
        Limit = Limit ?? SimulationAsk.MostInvoices,
        Days = Days ?? SimulationAsk.YearDays,
        Timelines = Timelines ?? UsualTimelines,
    };
}

/// <summary>Invoices by their day of issue; without an end until the last one.</summary>
internal sealed record PeriodAsked(DateOnly? From, DateOnly? To, Guid? CustomerId, string? Kind, long? MinimumMinor)
{
    public PastPeriod Of() => new() { From = From ?? DateOnly.MinValue, To = To ?? DateOnly.MaxValue, CustomerId = CustomerId, Kind = Kind, MinimumMinor = MinimumMinor ?? 0 };
}

/// <summary>An invoice that never was; in the merchant's currency where none is given.</summary>
internal sealed record InvoiceAsked(long AmountMinor, string? Currency, DateOnly? IssueDate, DateOnly? DueDate, string? Kind, bool? IsBusiness, bool? HasEmail, bool? HasPhone)
{
    public MadeUpInvoice Of(string merchantCurrency) => new()
    {
        Amount = new Money(AmountMinor, Currency ?? merchantCurrency),
        IssueDate = IssueDate,
        DueDate = DueDate,
        Kind = Kind,
        IsBusiness = IsBusiness ?? true,
        HasEmail = HasEmail ?? true,
        HasPhone = HasPhone ?? false,
    };
}

/// <summary>What is assumed of payers; without it past invoices are paid as they really were, and made-up ones never.</summary>
internal sealed record PayersAsked(int? PaysAfterDays, int? PaidPercent, bool? PaysByCard, bool? HasMandate, IReadOnlyList<string>? DebitReasons)
{
    public PayerBehaviour Of() => new()
    {
        PaysAfterDays = PaysAfterDays,
        PaidPercent = PaidPercent ?? 100,
        PaysByCard = PaysByCard ?? false,
        HasMandate = HasMandate ?? false,
        DebitReasons = DebitReasons ?? [],
    };
}

/// <summary>What a simulation came to.</summary>
internal sealed record SimulationShown(int Version, SimulationTotals Totals, IReadOnlyList<SimulatedCaseShown> Cases)
{
    public static SimulationShown Of(SimulationResult result, ScenarioDefinition? drawn, MomentWords words) =>
        new(result.Version, result.Totals, [.. result.Cases.Select(one => SimulatedCaseShown.Of(one, drawn, words))]);
}

/// <summary>What would have become of an invoice, and why.</summary>
internal sealed record SimulatedCaseShown(
    Guid InvoiceId, string Number, string Customer, long AmountMinor, long OpenMinor, string Currency, DateOnly IssueDate, DateOnly DueDate, DateTimeOffset? PaidAt,
    CaseEnding Ending, string? StepId, string? StoppedBy, DateTimeOffset? WaitsUntil, IReadOnlyList<MomentShown> Timeline)
{
    public static SimulatedCaseShown Of(SimulatedCase row, ScenarioDefinition? drawn, MomentWords words) => new(
        row.InvoiceId, row.Number, row.Customer, row.Amount.AmountMinor, row.Open.AmountMinor, row.Amount.Currency, row.IssueDate, row.DueDate, row.PaidAt,
        row.Ending, row.StepId, row.StoppedBy, row.WaitsUntil, [.. row.Moments.Select(moment => MomentShown.Of(moment, words.Sentence(moment, drawn)))]);
}

/// <summary>One thing that would have happened, as a sentence, and the values behind it.</summary>
internal sealed record MomentShown(DateTimeOffset At, MomentKind Kind, string What, string Sentence, string? StepId, string? Outcome, IReadOnlyDictionary<string, string?> Values)
{
    public static MomentShown Of(SimulatedMoment row, string sentence) => new(row.At, row.Kind, row.What, sentence, row.StepId, row.Outcome, row.Values);
}
