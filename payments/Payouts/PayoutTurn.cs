using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>
/// A merchant's funds are promised by one at a time: whoever proposes or signs a payout turns this row, and a second one at the
/// same moment meets a conflict and looks again. It holds no amount.
/// </summary>
public sealed record PayoutTurn : IMerchantRecord
{
    /// <summary>The merchant's own id: one row for each.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>When it was turned last (business time).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Appends a turn.</summary>
    internal static async Task TakeAsync(IMerchantRecords records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<PayoutTurn>(records.MerchantId, cancellationToken) is { } turn)
        {
            records.Update(turn with { At = now });
        }
        else
        {
            records.Add(new PayoutTurn { Id = records.MerchantId, MerchantId = records.MerchantId, At = now });
        }
    }
}
