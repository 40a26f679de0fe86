using System.Globalization;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>An invoice that never was, to see what a scenario would do with it.</summary>
public sealed record MadeUpInvoice
{
    private const int MostKindCharacters = 50;
    private const int LocalHour = 9;

    /// <summary>What is owed, above zero.</summary>
    public required Money Amount { get; init; }

    /// <summary>The day it is issued and comes in.</summary>
    public required DateOnly? IssueDate { get; init; }

    /// <summary>The last day to pay it.</summary>
    public required DateOnly? DueDate { get; init; }

    /// <summary>What kind of sale it is; null for none.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether the customer is a business.</summary>
    public bool IsBusiness { get; init; } = true;

    /// <summary>Whether the customer has an e-mail address.</summary>
    public bool HasEmail { get; init; } = true;

    /// <summary>Whether the customer has a telephone number.</summary>
    public bool HasPhone { get; init; }

    /// <summary>Throws <see cref="RuleViolationException"/> for what no invoice can be, each field named under <paramref name="field"/>.</summary>
    public void Check(string field)
    {
        var broken = new List<RuleViolation>();
        if (!Amount.IsPositive)
        {
            broken.Add(RuleViolation.Of($"{field}.amountMinor", Amount.IsZero ? RuleCodes.AmountZero : RuleCodes.AmountNegative));
        }

        if (AmountLimit.Broken($"{field}.amountMinor", Amount) is { } tooLarge)
        {
            broken.Add(tooLarge);
        }

        if (!Currencies.IsKnown(Amount.Currency))
        {
            broken.Add(RuleViolation.Of($"{field}.currency", RuleCodes.CurrencyUnknown, ("currency", Amount.Currency)));
        }

        var days = new[] { DateRules.Broken($"{field}.issueDate", IssueDate), DateRules.Broken($"{field}.dueDate", DueDate) }.OfType<RuleViolation>().ToList();
        broken.AddRange(days);
        if (days.Count == 0 && DueDate < IssueDate)
        {
            broken.Add(RuleViolation.Of($"{field}.dueDate", RuleCodes.DueBeforeIssue));
        }

        if (Kind is { Length: > MostKindCharacters })
        {
            broken.Add(RuleViolation.Of($"{field}.kind", RuleCodes.TooLong, ("limit", MostKindCharacters.ToString(CultureInfo.InvariantCulture))));
        }

        if (broken.Count > 0)
        {
            throw new RuleViolationException(broken);
        }
    }

    /// <summary>The invoice with a customer of its own, whose payer behaves as assumed; it keeps the rules of <see cref="Check"/>. Equal places give equal identities.</summary>
    /// <param name="place">Its place among the others, from 1.</param>
    /// <param name="merchant">Whose invoice it is.</param>
    /// <param name="assumed">What the payer does.</param>
    public SimulatedCustomer Of(int place, Merchant merchant, PayerBehaviour assumed)
    {
        ArgumentNullException.ThrowIfNull(merchant);
        ArgumentNullException.ThrowIfNull(assumed);
        var (issueDate, dueDate) = (IssueDate!.Value, DueDate!.Value);
        var days = QuietHours.Of(merchant);
        var comesIn = days.StartOf(issueDate).AddHours(LocalHour);
        var number = place.ToString("0000", CultureInfo.InvariantCulture);
        var customer = new Customer
        {
            Id = new Guid(place, 1, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
            MerchantId = merchant.Id,
            Number = $"C-{number}",
            Name = $"C-{number}",
            Email = HasEmail ? $"c{number}@simulated.invalid" : null,
            Phone = HasPhone ? "+33600000000" : null,
            Language = merchant.Language,
            IsBusiness = IsBusiness,
            CreatedAt = comesIn,
        };
        var invoice = new Invoice
        {
            Id = new Guid(place, 2, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
            MerchantId = merchant.Id,
            Number = $"F-{number}",
            CustomerId = customer.Id,
            IssueDate = issueDate,
            DueDate = dueDate,
            Amount = Amount,
            Open = Amount,
            Kind = Kind,
            ImportedAt = comesIn,
        };
        return new SimulatedCustomer { Customer = customer, Mandate = SimulatedMandate.Of([], customer, comesIn, assumed), Invoices = [assumed.Of(invoice, days)] };
    }
}
