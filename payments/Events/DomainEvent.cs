using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Events;

/// <summary>Something that happened to a merchant's money or documents, by a name of the <see cref="EventNames">catalogue</see>.</summary>
public sealed record DomainEvent : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The event's name in the catalogue (<c>payment.received</c>).</summary>
    public required string Name { get; init; }

    /// <summary>When it happened (business time).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The customer it concerns.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The invoice it concerns.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The payment request, payment, transfer, task, message, import or effect it is about.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>The amount it is about, in minor units.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>The amount's currency.</summary>
    public string? Currency { get; init; }

    /// <summary>What else there is to say, as a JSON object; its fields stand in the catalogue.</summary>
    public string DataJson { get; init; } = "{}";

    /// <summary>An amount as the event carries it.</summary>
    public static (long AmountMinor, string Currency) Of(Money money) => (money.AmountMinor, money.Currency);
}

/// <summary>Told of each domain event in the unit of work that raises it, so that what follows commits with the fact.</summary>
public interface IDomainEventListener
{
    /// <summary>Appends what follows; reads nothing and calls nothing outside.</summary>
    void On(DomainEvent happened);
}
