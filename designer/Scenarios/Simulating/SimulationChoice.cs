using CentralPay.Workflows.Activities.Simulation;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Simulation;

namespace CentralPay.Workflows.Designer.Scenarios.Simulating;

/// <summary>What payers do in a simulation, as the form offers it.</summary>
public enum PayersChoice
{
    /// <summary>As they really did; of past invoices only.</summary>
    AsRecorded,

    /// <summary>They pay some days after the due date.</summary>
    Late,

    /// <summary>They pay a part some days after the due date, and never the rest.</summary>
    Part,

    /// <summary>They never pay.</summary>
    Never,
}

/// <summary>What a person fills in to simulate.</summary>
public sealed class SimulationChoice
{
    private const int HalfPercent = 50;
    private const int PaymentDays = 30;
    private const int MonthsBack = 3;

    /// <summary>A choice that begins with the last three months.</summary>
    public SimulationChoice(DateOnly today, string currency)
    {
        (From, To, IssueDate, DueDate, Currency) = (today.AddMonths(-MonthsBack), today, today, today.AddDays(PaymentDays), currency);
    }

    /// <summary>Whether invoices are made up.</summary>
    public bool IsMadeUp { get; set; }

    /// <summary>The first day of issue of past invoices.</summary>
    public DateOnly From { get; set; }

    /// <summary>The last day of issue of past invoices.</summary>
    public DateOnly To { get; set; }

    /// <summary>How many past invoices at the most.</summary>
    public int Limit { get; set; } = SimulationAsk.MostTimelines;

    /// <summary>The amount of a made-up invoice, as it is typed.</summary>
    public string Amount { get; set; } = "1000";

    /// <summary>Its currency.</summary>
    public string Currency { get; }

    /// <summary>Its day of issue.</summary>
    public DateOnly IssueDate { get; set; }

    /// <summary>Its due date.</summary>
    public DateOnly DueDate { get; set; }

    /// <summary>Its kind of sale; empty for none.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Whether its customer is a business.</summary>
    public bool IsBusiness { get; set; } = true;

    /// <summary>Whether its customer can be reached by SMS too.</summary>
    public bool HasPhone { get; set; }

    /// <summary>What payers do.</summary>
    public PayersChoice Payers { get; set; } = PayersChoice.AsRecorded;

    /// <summary>How many days after the due date they pay.</summary>
    public int Days { get; set; } = 10;

    /// <summary>Which part they pay, in percent.</summary>
    public int Percent { get; set; } = HalfPercent;

    /// <summary>Whether customers have a mandate.</summary>
    public bool HasMandate { get; set; }

    /// <summary>With which code the first direct debit fails; empty for none.</summary>
    public string DebitReason { get; set; } = "";

    /// <summary>Takes past or made-up invoices; made-up ones have no record of what payers did.</summary>
    public void MakeUp(bool madeUp)
    {
        IsMadeUp = madeUp;
        Payers = (madeUp, Payers) switch
        {
            (true, PayersChoice.AsRecorded) => PayersChoice.Late,
            (false, _) => PayersChoice.AsRecorded,
            _ => Payers,
        };
    }

    /// <summary>What is asked. Throws <see cref="RuleViolationException"/> where the amount cannot be read.</summary>
    public SimulationAsk Ask(string definitionId, int version, Display show)
    {
        ArgumentNullException.ThrowIfNull(show);
        return new SimulationAsk
        {
            DefinitionId = definitionId,
            Version = version,
            Past = IsMadeUp ? null : new PastPeriod { From = From, To = To },
            MadeUp = IsMadeUp ? [MadeUp(show)] : [],
            Limit = Limit,
            Assumed = Payers switch
            {
                PayersChoice.AsRecorded => null,
                PayersChoice.Never => Assumed(null, null),
                PayersChoice.Part => Assumed(Days, Percent),
                _ => Assumed(Days, null),
            },
        };
    }

    private MadeUpInvoice MadeUp(Display show) => show.ReadMoney(Amount, Currency, out var amount) is { } broken
        ? throw new RuleViolationException([broken])
        : new MadeUpInvoice
        {
            Amount = amount,
            IssueDate = IssueDate,
            DueDate = DueDate,
            Kind = Kind.Trim() is { Length: > 0 } kind ? kind : null,
            IsBusiness = IsBusiness,
            HasPhone = HasPhone,
        };

    private PayerBehaviour Assumed(int? days, int? percent)
    {
        var usual = new PayerBehaviour { PaysAfterDays = days, HasMandate = HasMandate, DebitReasons = DebitReason.Length == 0 ? [] : [DebitReason] };
        return percent is { } part ? usual with { PaidPercent = part } : usual;
    }
}
