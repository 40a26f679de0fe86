using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>Withdraws debits that are not wanted any more: because somebody says so, or the money came another way.</summary>
internal static class DebitWithdrawal
{
    private const int MostPerInvoice = 10;

    /// <summary>Appends that a debit under way is withdrawn; one that the gateway has, or may have, is asked back there and ends with its answer.</summary>
    internal static DirectDebit Append(IMerchantRecords records, DirectDebit debit, string reason, DateTimeOffset now)
    {
        if (debit.Status == DebitStatus.Scheduled)
        {
            return End(records, debit, reason, now);
        }

        records.Ask(DebitEvents.Effect(debit, EffectKinds.CancelGatewayDebit, $"cancel-debit/{debit.Id:N}", EffectRepeat.Idempotent, now, now));
        return debit;
    }

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
            Append(records, debit, "invoice-paid", now);
        }
    }
}
