using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Cards;

/// <summary>The operations on card transactions and refunds.</summary>
public static class TransactionEndpoints
{
    public static void MapTransactions(this RouteGroupBuilder api, ApiDoor door)
    {
        var services = ((IEndpointRouteBuilder)api).ServiceProvider;
        var events = services.GetRequiredService<Events>();
        var names = services.GetRequiredService<EventNames>();

        api.MapGet(UnconfirmedNames.TransactionPath, door.Read(async call => ApiAnswer.Ok(TransactionAnswer.Of(await FindAsync(call, call.Id)))));
        api.MapPost(UnconfirmedNames.CapturePath, door.Change(async call =>
        {
            var transaction = await FindAsync(call, call.Id);
            Require(transaction.TransactionStatus == TransactionStatus.Success, transaction, "only one in SUCCESS can be captured");
            CardPayment.Capture(transaction, call.Now);
            return Tell(call, transaction, names.TransactionCaptured);
        }));
        api.MapPost(UnconfirmedNames.CancelTransactionPath, door.Change(async call =>
        {
            var transaction = await FindAsync(call, call.Id);
            Require(transaction.TransactionStatus is TransactionStatus.Success or TransactionStatus.Captured, transaction, "only one in SUCCESS or CAPTURED can be canceled");
            await ClearingRun.WithdrawAsync(call.Database, transaction, TransactionStatus.Canceled);
            return Tell(call, transaction, names.TransactionCanceled);
        }));
        api.MapPost(UnconfirmedNames.RefundPath, door.Change(async call =>
        {
            var refund = await RefundAsync(call);
            var answer = RefundAnswer.Of(refund);
            events.Tell(call.Database, call.Account.Number, names.RefundCreated, answer, call.Now);
            return ApiAnswer.Ok(answer);
        }));
        api.MapGet(UnconfirmedNames.OneRefundPath, door.Read(async call => ApiAnswer.Ok(RefundAnswer.Of(
            await call.Database.Refunds.SingleOrDefaultAsync(r => r.RefundId == call.Id && r.AccountNumber == call.Account.Number)
            ?? throw ApiRefusalException.NotFound("refundId")))));

        ApiAnswer Tell(ApiCall call, CardTransaction transaction, string type)
        {
            var answer = TransactionAnswer.Of(transaction);
            events.Tell(call.Database, call.Account.Number, type, answer, call.Now);
            return ApiAnswer.Ok(answer);
        }
    }

    /// <summary>Only what was debited can be given back, so only a cleared transaction; in one or several parts.</summary>
    private static async Task<Refund> RefundAsync(ApiCall call)
    {
        var id = call.Form.Uuid("transactionId");
        var amount = call.Form.Cents("amount");
        if (call.Form.Text("transactionId") is null) call.Form.Refuse("transactionId", "required");
        call.Form.ThrowIfRefused();
        var transaction = await FindAsync(call, id!.Value);
        Require(transaction.TransactionStatus == TransactionStatus.Cleared, transaction, "only a CLEARED one can be refunded; an earlier one can be canceled");
        var left = transaction.Amount - transaction.AmountRefunded;
        if (left == 0) throw new ApiRefusalException(400, "transactionId", "already refunded in full");
        if (amount > left) throw new ApiRefusalException(400, "amount", $"at most {left} can still be refunded");
        var refund = new Refund
        {
            AccountNumber = call.Account.Number,
            RefundId = Guid.CreateVersion7(call.Now),
            TransactionId = transaction.TransactionId,
            CreationDate = call.Now,
            Amount = amount ?? left,
            Currency = transaction.Currency,
            Description = call.Form.Text("description"),
            MerchantRefundId = call.Form.Text(UnconfirmedNames.MerchantRefundId),
        };
        call.Form.ThrowIfRefused();
        transaction.AmountRefunded += refund.Amount;
        call.Database.Add(refund);
        return refund;
    }

    private static void Require(bool allowed, CardTransaction transaction, string rule)
    {
        if (!allowed) throw new ApiRefusalException(400, "transactionStatus", $"the transaction is {transaction.TransactionStatus.ToString().ToUpperInvariant()}; {rule}");
    }

    private static async Task<CardTransaction> FindAsync(ApiCall call, Guid id) =>
        await call.Database.Transactions.SingleOrDefaultAsync(t => t.TransactionId == id && t.AccountNumber == call.Account.Number)
        ?? throw ApiRefusalException.NotFound("transactionId");
}
