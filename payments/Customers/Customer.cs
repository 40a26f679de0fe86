using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Customers;

/// <summary>Somebody who owes or owed the merchant money.</summary>
public sealed record Customer : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The merchant's own number for the customer. Unique in a merchant.</summary>
    public required string Number { get; init; }

    /// <summary>The customer's name, as it is shown.</summary>
    public required string Name { get; init; }

    /// <summary>Where reminders go; null when none is known.</summary>
    public string? Email { get; init; }

    /// <summary>Telephone in E.164; null when none is known.</summary>
    public string? Phone { get; init; }

    /// <summary>The language the customer is addressed in, ISO 639-1.</summary>
    public string Language { get; init; } = "fr";

    /// <summary>Country, ISO 3166-1 alpha-2.</summary>
    public string Country { get; init; } = "FR";

    /// <summary>Whether the customer is a business: other law applies.</summary>
    public bool IsBusiness { get; init; }

    /// <summary>Scenario (definition id) for this customer's invoices; null for the merchant's default.</summary>
    public string? ScenarioId { get; init; }

    /// <summary>Whether the customer asked for no more e-mail.</summary>
    public bool EmailOptedOut { get; init; }

    /// <summary>Whether everything that happens by itself stops for this customer: the debtor died (<c>MD07</c>). People decide.</summary>
    public bool AutomationStopped { get; init; }

    /// <summary>Whether the customer asked for no more SMS, or the operator says so.</summary>
    public bool SmsOptedOut { get; init; }

    /// <summary>The channel the customer wants to be told by; null for e-mail where there is an address, else SMS.</summary>
    public MessageChannel? PreferredChannel { get; init; }

    /// <summary>Why the customer is not reminded at all; null for a customer who is.</summary>
    public string? ExcludedReason { get; init; }

    /// <summary>The last day of the exclusion; null for one without an end.</summary>
    public DateOnly? ExcludedUntil { get; init; }

    /// <summary>What the customer is found by: number, name and e-mail address as <see cref="SearchText"/> folds them. Follows from them.</summary>
    public string Searched
    {
        get => SearchText.Of($"{Number} {Name} {Email}");
        private init => _ = value;
    }

    /// <summary>When the customer came in (business time).</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
