using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>What is assumed of payers and their banks where nothing was recorded: the same for all of a simulation.</summary>
public sealed record PayerBehaviour
{
    /// <summary>The most days before or after the due date.</summary>
    public const int MostDays = 730;

    /// <summary>The most answers of a bank that can be given.</summary>
    public const int MostBankAnswers = 20;

    // People pay in the morning, as banks book.
    private const int PayingHour = 10;
    private const int WholeShare = 100;

    /// <summary>Days after the due date on which the payer pays, before it where negative; counted from the day it came in where that is later. Null for never.</summary>
    public int? PaysAfterDays { get; init; }

    /// <summary>How much of the invoice is paid then, in percent, 1 to 100; the rest never is.</summary>
    public int PaidPercent { get; init; } = WholeShare;

    /// <summary>Whether it is paid by card; by transfer where not.</summary>
    public bool PaysByCard { get; init; }

    /// <summary>Whether customers have a mandate that can be debited.</summary>
    public bool HasMandate { get; init; }

    /// <summary>With which reason codes the first direct debits of an invoice fail (<c>AM04</c>), one after the other; those that follow succeed.</summary>
    public IReadOnlyList<string> DebitReasons { get; init; } = [];

    /// <summary>Throws <see cref="RuleViolationException"/> for what is out of range, each field named.</summary>
    public void Check()
    {
        var broken = new List<RuleViolation>();
        if (PaysAfterDays is < -MostDays or > MostDays)
        {
            broken.Add(RuleViolation.Of("payers.paysAfterDays", RuleCodes.DaysOutOfRange, ("from", $"-{MostDays}"), ("to", $"{MostDays}")));
        }

        if (PaidPercent is < 1 or > WholeShare)
        {
            broken.Add(RuleViolation.Of("payers.paidPercent", RuleCodes.NumberOutOfRange, ("from", "1"), ("to", $"{WholeShare}")));
        }

        if (DebitReasons.Count > MostBankAnswers || DebitReasons.Any(code => !Debits.DebitReasons.IsKnown(code)))
        {
            broken.Add(RuleViolation.Of("payers.debitReasons", RuleCodes.DebitReasonUnknown, ("limit", $"{MostBankAnswers}")));
        }

        if (broken.Count > 0)
        {
            throw new RuleViolationException(broken);
        }
    }

    /// <summary>The invoice with what its payer does.</summary>
    public SimulatedInvoice Of(Invoice invoice, QuietHours days)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        ArgumentNullException.ThrowIfNull(days);
        return new SimulatedInvoice
        {
            Invoice = invoice,
            Payments = PaysAfterDays is { } after && Part(invoice.Amount) is { IsPositive: true } part
                ? [new SimulatedPayment(PaidAt(invoice, days, after), part, PaysByCard ? PaymentMethod.Card : PaymentMethod.Transfer)]
                : [],
            BankAnswers = DebitReasons,
        };
    }

    private Money Part(Money whole) => MoneySharing.ByWeight(whole, [PaidPercent, WholeShare - PaidPercent]).Parts[0];

    // Who got the invoice late, pays later; nobody pays what has not come yet.
    private static DateTimeOffset PaidAt(Invoice invoice, QuietHours days, int after)
    {
        var comesIn = days.DayOf(invoice.ImportedAt);
        var paid = (invoice.DueDate > comesIn ? invoice.DueDate : comesIn).AddDays(after);
        return days.StartOf(paid > comesIn ? paid : comesIn.AddDays(1)).AddHours(PayingHour);
    }
}
