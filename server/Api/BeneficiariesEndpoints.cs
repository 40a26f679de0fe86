using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Beneficiaries: third parties who share in sales, and own bank accounts.</summary>
internal static class BeneficiariesEndpoints
{
    private const string Tag = "beneficiaries";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<BeneficiaryShown>("/beneficiaries", Permissions.Read, Tag, (
            HttpRequest request, string? kind, bool? archived, string? cursor, int? limit, IMerchantRecords records, ListExports exports, CancellationToken cancellationToken) =>
        {
            var wanted = Paging.Word<BeneficiaryKind>(kind, "kind");
            var gone = archived == true;
            return Listing.AnswerAsync<Beneficiary, BeneficiaryShown>(
                request, records, row => (wanted == null || row.Kind == wanted) && row.Archived == gone, cursor, limit, BeneficiaryShown.Of, exports.Beneficiaries, cancellationToken);
        });
        api.MapGet("/beneficiaries/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<Beneficiary>(id, cancellationToken), BeneficiaryShown.Of))
            .Needs(Permissions.Read).Produces<BeneficiaryShown>().WithTags(Tag);
        api.MapPost("/beneficiaries", async (BeneficiaryAsked ask, BeneficiaryDesk desk, CancellationToken cancellationToken) =>
        {
            var added = await desk.AddAsync(ask.Details(), cancellationToken);
            return Results.Created($"/api/v1/beneficiaries/{added.Id}", BeneficiaryShown.Of(added));
        }).Needs(Permissions.ProposePayouts).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<BeneficiaryShown>(StatusCodes.Status201Created).WithTags(Tag);
        api.MapPut("/beneficiaries/{id:guid}", ChangeAsync).Needs(Permissions.ProposePayouts).Produces<BeneficiaryShown>().WithTags(Tag);
        api.MapPost("/beneficiaries/{id:guid}/archive", ArchiveAsync).Needs(Permissions.ProposePayouts).Produces<BeneficiaryShown>().WithTags(Tag);
    }

    private static async Task<IResult> ChangeAsync(Guid id, BeneficiaryAsked ask, BeneficiaryDesk desk, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<Beneficiary>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        return ask.Revision is { } seen
            ? Results.Ok(BeneficiaryShown.Of(await desk.ChangeAsync(id, seen, ask.Details(), cancellationToken)))
            : Problem.Invalid("revision", "revision-required");
    }

    private static async Task<IResult> ArchiveAsync(Guid id, Archiving archiving, BeneficiaryDesk desk, IMerchantRecords records, CancellationToken cancellationToken) =>
        await records.FindAsync<Beneficiary>(id, cancellationToken) is null
            ? Problem.NotFound()
            : Results.Ok(BeneficiaryShown.Of(await desk.ArchiveAsync(id, archiving.Archived ?? true, cancellationToken)));
}

/// <summary>Whether nothing is proposed for it any more.</summary>
internal sealed record Archiving(bool? Archived);

/// <summary>A beneficiary as a caller writes it; the revision that was edited is needed for a change.</summary>
internal sealed record BeneficiaryAsked(
    string? Code, string? Name, BeneficiaryKind? Kind, PayoutWay? Way, string? Iban, string? WalletReference, PayoutSchedule? Schedule, long? ReserveMinor, long? Revision)
{
    public BeneficiaryDetails Details() => new()
    {
        Code = Code ?? "",
        Name = Name ?? "",
        Kind = Kind ?? BeneficiaryKind.ThirdParty,
        Way = Way ?? PayoutWay.Gateway,
        Iban = Iban,
        WalletReference = WalletReference,
        Schedule = Schedule ?? PayoutSchedule.Manual,
        ReserveMinor = ReserveMinor ?? 0,
    };
}

/// <summary>A beneficiary as the API shows it.</summary>
internal sealed record BeneficiaryShown(
    Guid Id, string Code, string Name, BeneficiaryKind Kind, PayoutWay Way, string? Iban, string? WalletReference, PayoutSchedule Schedule, long ReserveMinor, bool Archived,
    string EditedBy, DateTimeOffset EditedAt, DateTimeOffset AccountSetAt, long Revision)
{
    public static BeneficiaryShown Of(Beneficiary row) => new(
        row.Id, row.Code, row.Name, row.Kind, row.Way, row.Iban, row.WalletReference, row.Schedule, row.ReserveMinor, row.Archived,
        row.EditedByName, row.EditedAt, row.AccountSetAt, row.Revision);
}
