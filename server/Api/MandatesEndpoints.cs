using CentralPay.Workflows.Designer.Debits;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Mandates: ask a customer for one, hand out the page on which it is signed, cancel it.</summary>
internal static class MandatesEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<MandateShown>("/mandates", Permissions.Read, "mandates", (
            HttpRequest request, string? status, Guid? customerId, string? cursor, int? limit, IMerchantRecords records, ListExports exports, CancellationToken cancellationToken) =>
        {
            var wanted = Paging.Word<MandateStatus>(status, "status");
            return Listing.AnswerAsync<Mandate, MandateShown>(
                request, records, row => (wanted == null || row.Status == wanted) && (customerId == null || row.CustomerId == customerId), cursor, limit, MandateShown.Of, exports.Mandates, cancellationToken);
        });
        api.MapGet("/mandates/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<Mandate>(id, cancellationToken), MandateShown.Of))
            .Needs(Permissions.Read).Produces<MandateShown>().WithTags("mandates");
        api.MapPost("/customers/{id:guid}/mandates", AskAsync)
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<MandateShown>(StatusCodes.Status201Created).WithTags("mandates");
        api.MapPost("/mandates/{id:guid}/cancel", CancelAsync)
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<MandateShown>().WithTags("mandates");
    }

    private static async Task<IResult> AskAsync(Guid id, MandateAsked ask, DebitDesk desk, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<Customer>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        var mandate = await desk.AskAsync(new NewMandate { CustomerId = id, InvoiceId = ask.InvoiceId, Scheme = SchemeOf(ask.Scheme) }, cancellationToken);
        return Results.Created($"/api/v1/mandates/{mandate.Id}", MandateShown.Of(mandate));
    }

    private static async Task<IResult> CancelAsync(Guid id, DebitDesk desk, IMerchantRecords records, CancellationToken cancellationToken) =>
        await records.FindAsync<Mandate>(id, cancellationToken) is null
            ? Problem.NotFound()
            : Results.Ok(MandateShown.Of(await desk.CancelMandateAsync(id, cancellationToken)));

    private static MandateScheme SchemeOf(string? text) => text?.ToUpperInvariant() switch
    {
        null or "" or "CORE" => MandateScheme.Core,
        "B2B" => MandateScheme.B2B,
        _ => throw RuleViolationException.Of("scheme", RuleCodes.SchemeUnknown, ("values", "core, b2b")),
    };
}

/// <summary>What a customer is asked to sign: <c>core</c> (the default) or <c>b2b</c>.</summary>
internal sealed record MandateAsked(string? Scheme, Guid? InvoiceId);

/// <summary>A mandate as the API shows it; <c>signingPage</c> is the gateway's page for the customer, null until it is there.</summary>
internal sealed record MandateShown(
    Guid Id, Guid CustomerId, Guid? InvoiceId, string Reference, string Scheme, MandateStatus Status, string? SigningPage, string? DebtorName, string? AccountEnding,
    DateTimeOffset? SignedAt, DateOnly? LastUsedOn, DateOnly? LapsesOn, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? EndReason)
{
    public static MandateShown Of(Mandate row) => new(
        row.Id, row.CustomerId, row.InvoiceId, row.Reference, row.Scheme.ToString().ToLowerInvariant(), row.Status, row.Status == MandateStatus.Draft ? row.GatewayEndpoint : null,
        row.DebtorName, row.AccountEnding, row.SignedAt, row.LastUsedOn, MandateLife.LapsesOn(row), row.CreatedAt, row.EndedAt, row.EndReason);
}
