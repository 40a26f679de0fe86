using CentralPay.Workflows.Sandbox.Bank;
using CentralPay.Workflows.Sandbox.Home;
using CentralPay.Workflows.Sandbox.PaymentPage;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Debits;

/// <summary>The page on which a payer gives an account and signs the mandate with a one-time code: static HTML, works without script.</summary>
public static class MandatePage
{
    public const string RightCode = "123456";
    public const int MostWrongCodes = 3;
    private static readonly Dictionary<string, string> NothingWrong = [];

    public static void MapMandatePage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/mandate/{id:guid}", ShowAsync);
        routes.MapPost("/mandate/{id:guid}", GiveAccountAsync);
        routes.MapPost("/mandate/{id:guid}/code", SignAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext context, IDbContextFactory<SandboxDatabase> databases)
    {
        await using var database = await databases.CreateDbContextAsync();
        return await FindAsync(database, id, context) is { } visit
            ? visit.Mandate.MandateStatus == MandateStatus.Pending ? visit.Answer(visit.Html.Account(visit.Mandate, visit.Mandate.DebtorName ?? "", "", NothingWrong, null)) : visit.ShowEnd()
            : PayerVisit.NotFound(context);
    }

    private static async Task<IResult> GiveAccountAsync(Guid id, HttpContext context, Writer writer)
    {
        if (!context.Request.HasFormContentType || !LoopbackOnly.SameSite(context.Request)) return Results.StatusCode(400);
        var form = await context.Request.ReadFormAsync();
        return await writer.WriteAsync(async database =>
        {
            if (await FindAsync(database, id, context) is not { } visit) return PayerVisit.NotFound(context);
            if (visit.Mandate.MandateStatus != MandateStatus.Pending) return visit.ShowEnd();
            var (holder, typed) = (form["holder"].ToString().Trim(), form["iban"].ToString());
            var wrong = new Dictionary<string, string>();
            if (holder.Length is 0 or > 70) wrong["holder"] = visit.Words.BadHolder;
            if (VirtualIban.Normalise(typed) is not { } iban)
            {
                wrong["iban"] = visit.Words.BadIban;
                iban = "";
            }
            if (wrong.Count > 0) return visit.Answer(visit.Html.Account(visit.Mandate, holder, typed, wrong, null), 400);
            visit.Mandate.DebtorName = holder;
            visit.Mandate.DebtorIban = iban;
            visit.Mandate.WrongCodes = 0;
            return visit.Answer(visit.Html.Code(visit.Mandate, null));
        });
    }

    private static async Task<IResult> SignAsync(Guid id, HttpContext context, Writer writer, BusinessClock clock, Events events, EventNames names, SandboxOptions options)
    {
        if (!context.Request.HasFormContentType || !LoopbackOnly.SameSite(context.Request)) return Results.StatusCode(400);
        var form = await context.Request.ReadFormAsync();
        return await writer.WriteAsync(async database =>
        {
            if (await FindAsync(database, id, context) is not { } visit) return PayerVisit.NotFound(context);
            var mandate = visit.Mandate;
            if (mandate.MandateStatus != MandateStatus.Pending) return visit.ShowEnd();
            if (mandate.DebtorIban is null || form.ContainsKey("back")) return visit.Answer(visit.Html.Account(mandate, mandate.DebtorName ?? "", mandate.DebtorIban ?? "", NothingWrong, null));
            if (form["code"].ToString().Trim() != RightCode)
            {
                if (++mandate.WrongCodes < MostWrongCodes) return visit.Answer(visit.Html.Code(mandate, visit.Words.WrongCode), 400);
                mandate.DebtorIban = null;
                return visit.Answer(visit.Html.Account(mandate, mandate.DebtorName ?? "", "", NothingWrong, visit.Words.TooManyCodes), 400);
            }
            mandate.MandateStatus = MandateStatus.Active;
            mandate.SignatureDate = clock.GetUtcNow();
            mandate.Plan = BankPlan.Of(mandate.DebtorIban);
            events.Tell(database, mandate.AccountNumber, names.MandateSigned, MandateAnswer.Of(mandate, options.PublicUrl), clock.GetUtcNow());
            return visit.ShowEnd();
        });
    }

    private static async Task<Visit?> FindAsync(SandboxDatabase database, Guid id, HttpContext context)
    {
        var mandate = await database.Mandates.SingleOrDefaultAsync(m => m.MandateId == id);
        if (mandate is null) return null;
        var account = await database.Accounts.SingleAsync(a => a.Number == mandate.AccountNumber);
        return new Visit(context, mandate, new MandatePageHtml(account.MerchantName, MandateWords.For(mandate.EndUserLanguage, context.Request.Headers.AcceptLanguage)));
    }

    /// <summary>A payer on the page of one mandate.</summary>
    private sealed record Visit(HttpContext Context, Mandate Mandate, MandatePageHtml Html)
    {
        public MandateWords Words => Html.Words;

        public IResult Answer(Markup page, int status = 200) => PageFrame.Answer(Context, page, status, PageFrame.OriginOf(Mandate.RedirectUrl));

        /// <summary>After the signature the browser goes back to the merchant; the address proves nothing.</summary>
        public IResult ShowEnd()
        {
            if (Mandate.MandateStatus == MandateStatus.Canceled) return Answer(Html.Ended());
            if (Mandate.RedirectUrl is not { } back) return Answer(Html.Signed(Mandate));
            Context.Response.Headers.Location = back;
            return Results.StatusCode(303);
        }
    }
}
