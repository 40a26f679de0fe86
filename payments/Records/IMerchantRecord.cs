namespace CentralPay.Workflows.Payments.Records;

/// <summary>A row that belongs to a merchant, and is kept under its identity and revision.</summary>
public interface IMerchantRecord
{
    /// <summary>The row's identity (UUIDv7, so that it also orders by creation).</summary>
    Guid Id { get; }

    /// <summary>The merchant that owns the row; it leads every key.</summary>
    Guid MerchantId { get; }

    /// <summary>Rises by one with each change, set by the store; a change over another revision is refused. 0 for a new row.</summary>
    long Revision { get; init; }
}
