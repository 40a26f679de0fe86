using CentralPay.Workflows.Designer.Debits;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Direct debits: collect an invoice, try a failed one again, withdraw one.</summary>
internal static class DebitsEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<DebitShown>("/debits", Permissions.Read, "debits", (
            HttpRequest request, string? status, Guid? invoiceId, Guid? customerId, string? cursor, int? limit, IMerchantRecords records, ListExports exports, CancellationToken cancellationToken) =>
        {
            var wanted = Paging.Word<DebitStatus>(status, "status");
            return Listing.AnswerAsync<DirectDebit, DebitShown>(
                request, records, row => (wanted == null || row.Status == wanted) && (invoiceId == null || row.InvoiceId == invoiceId) && (customerId == null || row.CustomerId == customerId),
                cursor, limit, DebitShown.Of, exports.Debits, cancellationToken);
        });
        api.MapGet("/debits/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<DirectDebit>(id, cancellationToken), DebitShown.Of))
            .Needs(Permissions.Read).Produces<DebitShown>().WithTags("debits");
        api.MapPost("/debits", CreateAsync)
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<DebitShown>(StatusCodes.Status201Created).WithTags("debits");
        api.MapPost("/debits/{id:guid}/retry", RetryAsync)
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<DebitShown>(StatusCodes.Status201Created).WithTags("debits");
        api.MapPost("/debits/{id:guid}/cancel", CancelAsync)
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<DebitShown>().WithTags("debits");
        api.MapPost("/debits/{id:guid}/confirm", ConfirmAsync)
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<DebitShown>().WithTags("debits");
    }

    private static async Task<IResult> ConfirmAsync(Guid id, DebitConfirmed what, DebitDesk desk, IMerchantRecords records, CancellationToken cancellationToken) =>
        await records.FindAsync<DirectDebit>(id, cancellationToken) is null ? Problem.NotFound()
            : what.Paid is not { } paid ? Problem.Invalid("paid", RuleCodes.Required)
            : Results.Ok(DebitShown.Of(await desk.ConfirmAsync(id, paid, what.Reason, cancellationToken)));

    private static async Task<IResult> CreateAsync(DebitAsked ask, HttpContext context, DebitDesk desk, CancellationToken cancellationToken)
    {
        var usual = new NewDebit { InvoiceId = ask.InvoiceId, Key = KeyOf(context), NotBefore = ask.NotBefore };
        return Made(await desk.CreateAsync(ask.NoticeDays is { } days ? usual with { NoticeDays = days } : usual, cancellationToken));
    }

    private static async Task<IResult> RetryAsync(Guid id, RetryAsked ask, HttpContext context, DebitDesk desk, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<DirectDebit>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        var usual = new RetryOfDebit { DebitId = id, Key = KeyOf(context) };
        return Made(await desk.RetryAsync(ask.WaitDays is { } days ? usual with { WaitDays = days } : usual, cancellationToken));
    }

    private static async Task<IResult> CancelAsync(Guid id, DebitDesk desk, IMerchantRecords records, CancellationToken cancellationToken) =>
        await records.FindAsync<DirectDebit>(id, cancellationToken) is null
            ? Problem.NotFound()
            : Results.Ok(DebitShown.Of(await desk.CancelAsync(id, cancellationToken)));

    private static IResult Made(DirectDebit debit) => Results.Created($"/api/v1/debits/{debit.Id}", DebitShown.Of(debit));

    private static string KeyOf(HttpContext context) =>
        $"api/debit/{(context.Request.Headers[IdempotentPost.HeaderName].ToString() is { Length: > 0 } given ? given : Guid.CreateVersion7().ToString("N"))}";
}

/// <summary>Asks for an invoice to be debited: announced 14 days ahead unless agreed otherwise, and not before a day where one is given.</summary>
internal sealed record DebitAsked(Guid InvoiceId, int? NoticeDays, DateOnly? NotBefore);

/// <summary>Asks for another try, so many TARGET days from now; 3 where nothing is said.</summary>
internal sealed record RetryAsked(int? WaitDays);

/// <summary>What somebody found at the gateway of a debit whose outcome is not known: paid, or surely not, with the reason.</summary>
internal sealed record DebitConfirmed(bool? Paid, string? Reason);

/// <summary>A direct debit as the API shows it.</summary>
internal sealed record DebitShown(
    Guid Id, Guid InvoiceId, Guid CustomerId, Guid MandateId, Guid FirstId, int Attempt, long AmountMinor, string Currency, DateOnly CollectOn, DebitStatus Status,
    DebitFailure? Failure, DebitPhase? Phase, string? ReasonCode, DebitCure? Cure, bool DoubleRefundRisk, string? GatewayDebitId, Guid? PaymentId,
    DateTimeOffset CreatedAt, DateTimeOffset? AnnouncedAt, DateTimeOffset? SettledAt, DateTimeOffset? EndedAt)
{
    public static DebitShown Of(DirectDebit row) => new(
        row.Id, row.InvoiceId, row.CustomerId, row.MandateId, row.FirstId, row.Attempt, row.Amount.AmountMinor, row.Amount.Currency, row.CollectOn, row.Status,
        row.Failure, row.Phase, row.ReasonCode, row.Failure is null ? null : DebitReasons.Of(row.ReasonCode).Cure, row.DoubleRefundRisk, row.GatewayDebitId, row.PaymentId,
        row.CreatedAt, row.AnnouncedAt, row.SettledAt, row.EndedAt);
}
