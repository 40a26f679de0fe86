using CentralPay.Workflows.Sandbox.Cards;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Storage;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.PaymentPage;

/// <summary>A payer on the page of one breakdown.</summary>
public sealed record PayerVisit(HttpContext Context, PaymentRequest Request, Breakdown Breakdown, PaymentPageHtml Html)
{
    public Words Words => Html.Words;

    public static async Task<PayerVisit?> FindAsync(SandboxDatabase database, Guid breakdownId, HttpContext context)
    {
        var request = await database.WholeRequests().SingleOrDefaultAsync(r => r.Breakdowns.Any(b => b.PaymentRequestBreakdownId == breakdownId));
        if (request is null) return null;
        var account = await database.Accounts.SingleAsync(a => a.Number == request.AccountNumber);
        var words = Words.For(request.EndUserLanguage ?? request.Language, context.Request.Headers.AcceptLanguage);
        var breakdown = request.Breakdowns.Single(b => b.PaymentRequestBreakdownId == breakdownId);
        return new PayerVisit(context, request, breakdown, new PaymentPageHtml(account.MerchantName, words));
    }

    /// <summary>Whether the page still takes money; the minute a deadline passes counts, not the run that notes it.</summary>
    public bool Open(DateTimeOffset now) =>
        Request.PaymentRequestStatus == PaymentRequestStatus.Active && !(Request.ExpiryDate <= now) && Breakdown.AmountLeft > 0;

    public IResult ShowForm(PaymentFormState state, int status = 200) =>
        PageFrame.Answer(Context, Html.Form(Breakdown, state, Guid.CreateVersion7()), status, PageFrame.OriginOf(Request.RedirectUrl));

    public IResult ShowEnded() => PageFrame.Answer(Context, Breakdown.AmountLeft == 0 && Request.PaymentRequestStatus == PaymentRequestStatus.Active
        ? Html.Notice("✓", Words.PaidTitle, Words.PaidText)
        : Html.Ended(Request));

    /// <summary>After a failed 3-D Secure: the form again, where the request can still be paid.</summary>
    public IResult ShowUnconfirmed(DateTimeOffset now) => Open(now) ? ShowForm(PaymentFormState.Fresh(Words.ChallengeFailed), 402) : ShowEnded();

    public IResult SendBack(CardTransaction transaction)
    {
        Context.Response.Headers.Location = BrowserReturn.AddressFor(Request, Breakdown.PaymentRequestBreakdownId, transaction.TransactionId);
        return Results.StatusCode(303);
    }

    public static IResult NotFound(HttpContext context)
    {
        var words = Words.For(null, context.Request.Headers.AcceptLanguage);
        return PageFrame.Answer(context, new PaymentPageHtml("CentralPay", words).Notice("–", words.NotFound, ""), 404);
    }
}
