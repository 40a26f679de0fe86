using CentralPay.Workflows.Sandbox.Cards;
using CentralPay.Workflows.Sandbox.Home;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.PaymentPage;

/// <summary>
/// The page of the payer's bank that asks for a code (3-D Secure). A challenge begun while the request could be paid may be finished
/// after another tab has paid it: that is how a payer pays twice by card.
/// </summary>
public static class ChallengeEndpoints
{
    public const string RightCode = "123456";
    public const int MostWrongCodes = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public static void MapChallenge(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pay/challenge/{id:guid}", ShowAsync);
        routes.MapPost("/pay/challenge/{id:guid}", AnswerAsync);
    }

    /// <summary>The challenge has the id of the payer's form, so that a form sent twice asks once.</summary>
    public static async Task<IResult> AskAsync(SandboxDatabase database, PayerVisit visit, CardForm form, DateTimeOffset now)
    {
        if (await database.Challenges.FindAsync(form.AttemptId) is null)
        {
            database.Add(new CardChallenge
            {
                CardChallengeId = form.AttemptId,
                PaymentRequestBreakdownId = visit.Breakdown.PaymentRequestBreakdownId,
                Amount = form.AmountCents,
                Card = form.Card!,
                ExpiryDate = now + Patience,
            });
        }
        visit.Context.Response.Headers.Location = $"/pay/challenge/{form.AttemptId}";
        return Results.StatusCode(303);
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext context, IDbContextFactory<SandboxDatabase> databases)
    {
        await using var database = await databases.CreateDbContextAsync();
        return await FindAsync(database, id, context) is { } found && found.Challenge.State == ChallengeState.Asked
            ? Page(found.Visit, found.Challenge, null)
            : PayerVisit.NotFound(context);
    }

    private static async Task<IResult> AnswerAsync(Guid id, HttpContext context, Writer writer, BusinessClock clock, CardPayment payment)
    {
        if (!context.Request.HasFormContentType || !LoopbackOnly.SameSite(context.Request)) return Results.StatusCode(400);
        var form = await context.Request.ReadFormAsync();
        return await writer.WriteAsync(async database =>
        {
            if (await FindAsync(database, id, context) is not var (visit, challenge)) return PayerVisit.NotFound(context);
            var now = clock.GetUtcNow();
            if (challenge.State == ChallengeState.Passed)
                return visit.SendBack(await database.Transactions.SingleAsync(t => t.AttemptId == id));
            if (challenge.State == ChallengeState.Failed) return visit.ShowUnconfirmed(now);

            var right = form["code"].ToString().Trim() == RightCode && !form.ContainsKey("abandon") && now < challenge.ExpiryDate;
            if (!right && !form.ContainsKey("abandon") && now < challenge.ExpiryDate && ++challenge.WrongCodes < MostWrongCodes)
                return Page(visit, challenge, visit.Words.WrongCode, 400);

            challenge.State = right ? ChallengeState.Passed : ChallengeState.Failed;
            var outcome = right ? TransactionStatus.Success : TransactionStatus.ThreedsAuthFailure;
            var transaction = await payment.BookAsync(database, visit.Breakdown, challenge.Card with { }, challenge.Amount, id, outcome, true, now);
            if (right) return visit.SendBack(transaction);
            return visit.ShowUnconfirmed(now);
        });
    }

    private static async Task<(PayerVisit Visit, CardChallenge Challenge)?> FindAsync(SandboxDatabase database, Guid id, HttpContext context) =>
        await database.Challenges.SingleOrDefaultAsync(c => c.CardChallengeId == id) is { } challenge
        && await PayerVisit.FindAsync(database, challenge.PaymentRequestBreakdownId, context) is { } visit
            ? (visit, challenge)
            : null;

    private static IResult Page(PayerVisit visit, CardChallenge challenge, string? problem, int status = 200) =>
        PageFrame.Answer(visit.Context, visit.Html.Challenge(challenge, visit.Request, problem), status, PageFrame.OriginOf(visit.Request.RedirectUrl));
}
