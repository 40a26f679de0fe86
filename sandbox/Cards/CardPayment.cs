using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using CentralPay.Workflows.Sandbox.Webhooks;

namespace CentralPay.Workflows.Sandbox.Cards;

/// <summary>Makes a card transaction of what the payer's bank answered, and books it.</summary>
public sealed class CardPayment(Settlement settlement, Events events, EventNames names)
{
    /// <summary>The hour of the nightly run that clears what was captured, in Paris.</summary>
    public static readonly TimeOnly ClearingHour = new(0, 1);

    /// <summary>How long an authorisation waits for its capture.</summary>
    public static readonly TimeSpan CaptureLimit = TimeSpan.FromDays(7);

    /// <summary>The outcome is Success, Failure or ThreedsAuthFailure; whether it is captured at once follows from the request.</summary>
    public async Task<CardTransaction> BookAsync(
        SandboxDatabase database, Breakdown breakdown, CardOnReceipt card, long amountCents, Guid attemptId, TransactionStatus outcome, bool threeDSecure, DateTimeOffset now)
    {
        var request = breakdown.PaymentRequest;
        var transaction = new CardTransaction
        {
            AccountNumber = request.AccountNumber,
            TransactionId = Guid.CreateVersion7(now),
            PaymentRequestId = request.PaymentRequestId,
            PaymentRequestBreakdownId = breakdown.PaymentRequestBreakdownId,
            AttemptId = attemptId,
            PointOfSaleId = request.PointOfSaleId,
            CreationDate = now,
            Amount = amountCents,
            Currency = request.Currency,
            Description = request.Description,
            MerchantPaymentRequestId = request.MerchantPaymentRequestId,
            Card = card,
            ThreeDSecure = threeDSecure,
            BankCode = outcome == TransactionStatus.Success ? "00" : "05",
            TransactionStatus = outcome,
            NextStepDate = outcome == TransactionStatus.Success ? now + CaptureLimit : null,
        };
        breakdown.LastPaymentAttempt = now;
        database.Add(transaction);
        if (outcome != TransactionStatus.Success)
        {
            events.Tell(database, request.AccountNumber, names.TransactionFailed, TransactionAnswer.Of(transaction), now);
            return transaction;
        }
        if (request.CaptureAtOnce) Capture(transaction, now);
        breakdown.Payments.Add(new BreakdownPayment
        {
            Uuid = transaction.TransactionId,
            PaymentMethod = "TRANSACTION",
            Amount = amountCents,
            CreationDate = now,
        });
        events.Tell(database, request.AccountNumber, names.TransactionSucceeded, TransactionAnswer.Of(transaction), now);
        await settlement.BookAsync(database, request, now);
        return transaction;
    }

    public static void Capture(CardTransaction transaction, DateTimeOffset now)
    {
        transaction.TransactionStatus = TransactionStatus.Captured;
        transaction.CaptureDate = now;
        transaction.NextStepDate = BusinessClock.NextInParis(ClearingHour, now);
    }
}
