using CentralPay.Workflows.Sandbox.Cards;
using CentralPay.Workflows.Sandbox.Home;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.PaymentPage;

/// <summary>The hosted payment page: static HTML, works without script.</summary>
public static class PaymentPageEndpoints
{
    public static void MapPaymentPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pay/payment.css", () => PageFrame.Stylesheet("payment.css"));
        routes.MapGet("/pay/{id:guid}", OpenAsync);
        routes.MapPost("/pay/{id:guid}", PayAsync);
        routes.MapGet("/pay/{id:guid}/receipt/{transactionId:guid}", ReceiptAsync);
        routes.MapChallenge();
    }

    private static Task<IResult> OpenAsync(Guid id, HttpContext context, Writer writer, BusinessClock clock) => writer.WriteAsync(async database =>
    {
        if (await PayerVisit.FindAsync(database, id, context) is not { } visit) return PayerVisit.NotFound(context);
        visit.Breakdown.View++;
        visit.Breakdown.LastEnteringDate = clock.GetUtcNow();
        return visit.Open(clock.GetUtcNow()) ? visit.ShowForm(PaymentFormState.Fresh()) : visit.ShowEnded();
    });

    private static async Task<IResult> PayAsync(Guid id, HttpContext context, Writer writer, BusinessClock clock, CardPayment payment)
    {
        if (!context.Request.HasFormContentType || !LoopbackOnly.SameSite(context.Request)) return Results.StatusCode(400);
        var form = await context.Request.ReadFormAsync();
        return await writer.WriteAsync(async database =>
        {
            if (await PayerVisit.FindAsync(database, id, context) is not { } visit) return PayerVisit.NotFound(context);
            var now = clock.GetUtcNow();
            if (await SentBeforeAsync(database, form["attempt"].ToString(), visit) is { } again) return again;
            if (!visit.Open(now) || !visit.Request.CardAccepted) return visit.ShowEnded();
            var card = CardForm.Read(form, visit.Breakdown.AmountLeft, visit.Request.FreeAmount, visit.Words, now);
            if (card.Card is null) return visit.ShowForm(card.Shown, 400);
            if (card.Outcome == CardOutcome.Challenge) return await ChallengeEndpoints.AskAsync(database, visit, card, now);
            var outcome = card.Outcome == CardOutcome.Accepted ? TransactionStatus.Success : TransactionStatus.Failure;
            var transaction = await payment.BookAsync(database, visit.Breakdown, card.Card, card.AmountCents, card.AttemptId, outcome, false, now);
            return transaction.BroughtMoney ? visit.SendBack(transaction) : visit.ShowForm(card.Shown with { Message = visit.Words.BankRefused }, 402);
        });
    }

    private static async Task<IResult> ReceiptAsync(Guid id, Guid transactionId, HttpContext context, IDbContextFactory<SandboxDatabase> databases)
    {
        await using var database = await databases.CreateDbContextAsync();
        if (await PayerVisit.FindAsync(database, id, context) is not { } visit) return PayerVisit.NotFound(context);
        var transaction = await database.Transactions.SingleOrDefaultAsync(t => t.TransactionId == transactionId && t.PaymentRequestBreakdownId == id);
        return transaction is { BroughtMoney: true } ? PageFrame.Answer(context, visit.Html.Receipt(transaction, visit.Request)) : PayerVisit.NotFound(context);
    }

    /// <summary>A form sent twice (a double click, a reload) pays once: the second answer leads to the first payment.</summary>
    private static async Task<IResult?> SentBeforeAsync(SandboxDatabase database, string attempt, PayerVisit visit)
    {
        if (!Guid.TryParse(attempt, out var attemptId)) return null;
        var transaction = await database.Transactions.SingleOrDefaultAsync(t => t.AttemptId == attemptId);
        if (transaction is null) return null;
        return transaction.BroughtMoney ? visit.SendBack(transaction) : visit.ShowForm(PaymentFormState.Fresh(visit.Words.BankRefused), 402);
    }
}
