using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>Withdraws debits that are not wanted any more: because somebody says so, or the money came another way.</summary>
internal static class DebitWithdrawal
{
    private const int MostPerInvoice = 10;

    /// <summary>Appends that a debit under way is withdrawn; one that the gateway has, or may have, is asked back there and ends with its answer.</summary>
    internal static async Task<DirectDebit> AppendAsync(IMerchantRecords records, DirectDebit debit, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (debit.Status == DebitStatus.Scheduled)
        {
            return End(records, debit, reason, now);
        }

        await AskBackAsync(records, debit, now, cancellationToken);

        // The row is the lock: who hands it over meanwhile decides again, and finds the withdrawal.
        return debit.Status == DebitStatus.Unknown ? records.Update(debit) : debit;
    }

    /// <summary>Appends that the gateway is to give a debit back. Asked once at a time; what ended without success can be asked again.</summary>
    internal static async Task AskBackAsync(IMerchantRecords records, DirectDebit debit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = await AskedAsync(records, debit, cancellationToken);
        if (asked.All(effect => effect.State != EffectState.Pending))
        {
            var key = asked.Count == 0 ? KeyOf(debit) : $"{KeyOf(debit)}/{asked.Count + 1}";
            records.Ask(DebitEvents.Effect(debit, EffectKinds.CancelGatewayDebit, key, EffectRepeat.Idempotent, now, now));
        }
    }

    /// <summary>Whether a debit that may be at the gateway was withdrawn: where it surely is not there, it is not sent again.</summary>
    internal static async Task<bool> IsWantedBackAsync(IMerchantRecords records, DirectDebit debit, CancellationToken cancellationToken) =>
        (await AskedAsync(records, debit, cancellationToken)).Count > 0;

    /// <summary>Appends that a debit ended without moving money: the gateway surely does not have it, or gave it up.</summary>
    internal static DirectDebit End(IMerchantRecords records, DirectDebit debit, string reason, DateTimeOffset now)
    {
        var cancelled = records.Update(DebitLife.After(debit, DebitEvent.Cancelled) with { EndedAt = now });
        records.Raise(DebitEvents.Of(cancelled, EventNames.DebitCancelled, now, new { reason }));
        return cancelled;
    }

    /// <summary>Appends the withdrawal of every debit under way for invoices that were just paid.</summary>
    internal static async Task AppendAsync(IMerchantRecords records, List<Guid> invoiceIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var states = DebitLife.UnderWay;
        var debits = await records.ListAsync<DirectDebit>(debit => invoiceIds.Contains(debit.InvoiceId) && states.Contains(debit.Status), invoiceIds.Count * MostPerInvoice, cancellationToken);
        foreach (var debit in debits)
        {
            await AppendAsync(records, debit, "invoice-paid", now, cancellationToken);
        }
    }

    private static ValueTask<IReadOnlyList<Effect>> AskedAsync(IMerchantRecords records, DirectDebit debit, CancellationToken cancellationToken)
    {
        var (invoiceId, key) = (debit.InvoiceId, KeyOf(debit));
        return records.ListAsync<Effect>(effect => effect.Kind == EffectKinds.CancelGatewayDebit && effect.InvoiceId == invoiceId && effect.Key.StartsWith(key), cancellationToken: cancellationToken);
    }

    private static string KeyOf(DirectDebit debit) => $"cancel-debit/{debit.Id:N}";
}
