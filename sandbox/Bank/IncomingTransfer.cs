using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Bank;

/// <summary>Books a transfer on the payment request whose virtual IBAN it names. A bank cannot refuse money, so a request that has ended receives it too.</summary>
public static class IncomingTransfer
{
    /// <returns>Null when no request has this IBAN.</returns>
    public static async Task<Transfer?> BookAsync(SandboxDatabase database, Settlement settlement, Events events, EventNames names, TransferOrder order, DateTimeOffset now)
    {
        var iban = VirtualIban.Normalise(order.Iban)!;
        var request = await database.WholeRequests().SingleOrDefaultAsync(r => r.VirtualIban == iban);
        if (request is null) return null;
        var transfer = new Transfer
        {
            AccountNumber = request.AccountNumber,
            SctTransactionId = Guid.CreateVersion7(now),
            CreationDate = now,
            PaymentRequestId = request.PaymentRequestId,
            MerchantPaymentRequestId = request.MerchantPaymentRequestId,
            SepaReference = request.SepaReference,
            VirtualIban = iban,
            Amount = order.AmountMinor,
            Currency = order.Currency!,
            DebtorName = order.DebtorName!,
            DebtorIban = VirtualIban.Normalise(order.DebtorIban)!,
            Remittance = order.Remittance,
            EndToEndId = order.EndToEndId,
            ValueDate = order.ValueDate ?? DateOnly.FromDateTime(BusinessClock.InParis(now).DateTime),
        };
        database.Add(transfer);
        Share(request, transfer, now);
        events.Tell(database, request.AccountNumber, names.SctTransactionReceived, SctTransactionAnswer.Of(transfer), now);
        await settlement.BookAsync(database, request, now);
        return transfer;
    }

    /// <summary>The IBAN is the request's, not a participant's: participants are settled in order, and what is too much stays with the first.</summary>
    private static void Share(PaymentRequest request, Transfer transfer, DateTimeOffset now)
    {
        var breakdowns = request.Breakdowns.OrderBy(breakdown => breakdown.Number).ToList();
        var shares = new long[breakdowns.Count];
        var left = transfer.Amount;
        for (var index = 0; index < shares.Length; index++)
        {
            var owed = breakdowns[index].Amount is { } amount ? Math.Max(0, amount - breakdowns[index].PaidAmount) : left;
            shares[index] = Math.Min(left, owed);
            left -= shares[index];
        }
        shares[0] += left;
        for (var index = 0; index < shares.Length; index++)
        {
            if (shares[index] == 0) continue;
            breakdowns[index].LastPaymentAttempt = now;
            breakdowns[index].Payments.Add(new BreakdownPayment
            {
                Uuid = transfer.SctTransactionId,
                PaymentMethod = UnconfirmedNames.TransferMethod,
                Amount = shares[index],
                CreationDate = now,
            });
        }
    }
}
