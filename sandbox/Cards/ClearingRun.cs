using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Cards;

/// <summary>Each night at 00:01 in Paris captured transactions are cleared; an authorisation not captured within seven days lapses.</summary>
public static class ClearingRun
{
    public static async Task RunAsync(SandboxDatabase database, Events events, EventNames names, DateTimeOffset now)
    {
        var due = await database.Transactions.Where(transaction => transaction.NextStepDate <= now).OrderBy(transaction => transaction.Number).ToListAsync();
        foreach (var transaction in due)
        {
            transaction.NextStepDate = null;
            if (transaction.TransactionStatus == TransactionStatus.Captured)
            {
                transaction.TransactionStatus = TransactionStatus.Cleared;
                transaction.ClearingDate = now;
                continue;
            }
            await WithdrawAsync(database, transaction, TransactionStatus.Expired);
            events.Tell(database, transaction.AccountNumber, names.TransactionExpired, TransactionAnswer.Of(transaction), now);
        }
    }

    /// <summary>The money of a transaction that was canceled or lapsed before its clearing leaves the request again.</summary>
    public static async Task WithdrawAsync(SandboxDatabase database, CardTransaction transaction, TransactionStatus status)
    {
        transaction.TransactionStatus = status;
        transaction.NextStepDate = null;
        var request = await database.WholeRequests().SingleAsync(r => r.PaymentRequestId == transaction.PaymentRequestId);
        Settlement.Unbook(request, transaction.TransactionId);
    }
}
