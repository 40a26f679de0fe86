using CentralPay.Workflows.Sandbox.Bank;
using CentralPay.Workflows.Sandbox.PaymentPage;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Home;

/// <summary>The sandbox's own page, for people who try the product: what came in, and a form to make a transfer.</summary>
public static class HomeEndpoints
{
    private const int MostRows = 25;

    public static void MapHome(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sandbox/home.css", () => PageFrame.Stylesheet("home.css"));
        routes.MapGet("/", async (HttpContext context, IDbContextFactory<SandboxDatabase> databases, BusinessClock clock, SandboxOptions options) =>
        {
            var booked = context.Request.Query.ContainsKey("booked") ? "The transfer has arrived." : null;
            var order = new TransferOrder { Iban = context.Request.Query["iban"] };
            return await ShowAsync(context, databases, clock, options, new TransferForm(order, "", null, booked));
        });
        routes.MapPost("/", async (HttpContext context, IDbContextFactory<SandboxDatabase> databases, Writer writer, Settlement settlement, Events events, EventNames names, BusinessClock clock, SandboxOptions options) =>
        {
            if (!context.Request.HasFormContentType) return Results.Problem("A form is required.", statusCode: 400, title: "The transfer was not made");
            var form = await context.Request.ReadFormAsync();
            var amount = form["amount"].ToString();
            var order = new TransferOrder
            {
                Iban = form["iban"],
                AmountMinor = CardForm.ReadAmount(amount) ?? 0,
                Currency = "EUR",
                DebtorName = form["debtorName"],
                DebtorIban = form["debtorIban"],
                Remittance = form["remittance"],
            };
            var problem = order.Problem();
            if (problem is null)
            {
                var booked = await writer.WriteAsync(database => IncomingTransfer.BookAsync(database, settlement, events, names, order, clock.GetUtcNow()));
                if (booked is not null)
                {
                    context.Response.Headers.Location = "/?booked=1";
                    return Results.StatusCode(303);
                }
                problem = "iban: no payment request has this IBAN.";
            }
            return await ShowAsync(context, databases, clock, options, new TransferForm(order, amount, problem, null), 400);
        });
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, IDbContextFactory<SandboxDatabase> databases, BusinessClock clock, SandboxOptions options, TransferForm form, int status = 200)
    {
        await using var database = await databases.CreateDbContextAsync();
        var page = HomeHtml.Page(new HomeFacts
        {
            Now = clock.GetUtcNow(),
            PublicUrl = options.PublicUrl,
            Accounts = await database.Accounts.OrderBy(account => account.Number).ToListAsync(),
            Requests = await database.WholeRequests().OrderByDescending(request => request.Number).Take(MostRows).ToListAsync(),
            Transfers = await database.Transfers.OrderByDescending(transfer => transfer.Number).Take(MostRows).ToListAsync(),
            Mandates = await database.Mandates.OrderByDescending(mandate => mandate.Number).Take(MostRows).ToListAsync(),
            Debits = await database.DirectDebits.OrderByDescending(debit => debit.Number).Take(MostRows).ToListAsync(),
            Webhooks = await database.Webhooks.OrderByDescending(webhook => webhook.Number).Take(MostRows).ToListAsync(),
        }, form);
        return PageFrame.Answer(context, page, status);
    }
}

/// <summary>The transfer form as it is shown.</summary>
public sealed record TransferForm(TransferOrder Order, string Amount, string? Problem, string? Done);
