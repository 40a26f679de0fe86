using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Payouts: propose, sign, reject, give up; the file for the bank; balances by wallet.</summary>
internal static class PayoutsEndpoints
{
    private const string Tag = "payouts";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<PayoutShown>("/payouts", Permissions.Read, Tag, (
            HttpRequest request, string? state, Guid? beneficiaryId, string? cursor, int? limit, IMerchantRecords records, ListExports exports, CancellationToken cancellationToken) =>
        {
            var wanted = Paging.Word<PayoutState>(state, "state");
            return Listing.AnswerAsync<Payout, PayoutShown>(
                request, records, row => (wanted == null || row.State == wanted) && (beneficiaryId == null || row.BeneficiaryId == beneficiaryId),
                cursor, limit, PayoutShown.Of, exports.Payouts, cancellationToken);
        });
        api.MapGet("/payouts/{id:guid}", GetAsync).Needs(Permissions.Read).Produces<PayoutWithOperations>().WithTags(Tag);
        api.MapGet("/payouts/balances", BalancesAsync).Needs(Permissions.Read).Produces<WalletBalances>().WithTags(Tag);
        api.MapPost("/payouts", ProposeAsync)
            .Needs(Permissions.ProposePayouts).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<ProposalShown>(StatusCodes.Status201Created).WithTags(Tag);
        api.MapPost("/payouts/{id:guid}/approve", ApproveAsync)
            .Needs(Permissions.Approve).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<PayoutShown>().WithTags(Tag);
        api.MapPost("/payouts/{id:guid}/reject", (Guid id, PayoutReason why, PayoutDesk desk, IMerchantRecords records, CancellationToken cancellationToken) =>
            OnAsync(id, records, () => desk.RejectAsync(id, why.Reason ?? "", cancellationToken), cancellationToken))
            .Needs(Permissions.Approve).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<PayoutShown>().WithTags(Tag);
        api.MapPost("/payouts/{id:guid}/cancel", (Guid id, PayoutReason why, PayoutDesk desk, IMerchantRecords records, CancellationToken cancellationToken) =>
            OnAsync(id, records, () => desk.CancelAsync(id, why.Reason ?? "", cancellationToken), cancellationToken))
            .Needs(Permissions.ProposePayouts).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<PayoutShown>().WithTags(Tag);
        api.MapPost("/payouts/{id:guid}/revise", ReviseAsync)
            .Needs(Permissions.ProposePayouts).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<PayoutShown>().WithTags(Tag);
        api.MapPost("/payouts/{id:guid}/confirm", (Guid id, PayoutConfirmed what, PayoutFiles files, IMerchantRecords records, CancellationToken cancellationToken) =>
            OnAsync(id, records, () => files.ConfirmAsync(id, what.Paid ?? false, what.Reason, cancellationToken), cancellationToken))
            .Needs(Permissions.ProposePayouts).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<PayoutShown>().WithTags(Tag);
        api.MapPost("/payouts/file", async (PayoutFiles files, CancellationToken cancellationToken) =>
        {
            var made = await files.MakeAsync(cancellationToken);
            return Results.Text(System.Text.Encoding.UTF8.GetString(made.Content), "application/xml; charset=utf-8");
        }).Needs(Permissions.ProposePayouts).Produces<string>(StatusCodes.Status200OK, "application/xml").WithTags(Tag);
        api.MapGet("/payouts/{id:guid}/file", async (Guid id, PayoutFiles files, CancellationToken cancellationToken) =>
            await files.FindAsync(id, cancellationToken) is { } file ? Results.File(file.Content, "application/xml", file.Name) : Problem.NotFound())
            .Needs(Permissions.Read).Produces<string>(StatusCodes.Status200OK, "application/xml").WithTags(Tag);
    }

    private static async Task<IResult> GetAsync(Guid id, PayoutDesk desk, IMerchantRecords records, CancellationToken cancellationToken) =>
        await records.FindAsync<Payout>(id, cancellationToken) is { } payout
            ? Results.Ok(new PayoutWithOperations(PayoutShown.Of(payout), [.. (await desk.OperationsAsync(id, cancellationToken)).Select(SplitShown.Of)]))
            : Problem.NotFound();

    private static async Task<IResult> BalancesAsync(string? currency, Wallets wallets, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var books = currency ?? (await records.FindAsync<Payments.Merchants.Merchant>(records.MerchantId, cancellationToken))?.Currency ?? "EUR";
        var funds = await wallets.FundsAsync(books, null, cancellationToken);
        var owed = (await wallets.OwedAsync(cancellationToken)).Where(balance => balance.Owed.Currency == books);
        return Results.Ok(new WalletBalances(
            books, funds.GatewayMinor, funds.OnTheWayMinor, funds.BankMinor, funds.ByGatewayMinor + funds.ByFileMinor,
            [.. owed.Select(balance => new OwedShown(balance.BeneficiaryId, balance.Owed.AmountMinor))]));
    }

    private static async Task<IResult> ProposeAsync(PayoutAsked ask, PayoutProposals proposals, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var proposal = await proposals.ProposeAsync(ask.BeneficiaryId, ProposalReasons.Person, ask.Currency, cancellationToken);
        await records.CommitAsync(cancellationToken);
        var shown = new ProposalShown(proposal.Outcome, proposal.Payout is { } payout ? PayoutShown.Of(payout) : null, proposal.Waiting.AmountMinor, proposal.AvailableAt);
        return proposal.Outcome == ProposalOutcome.Proposed ? Results.Created($"/api/v1/payouts/{proposal.Payout!.Id}", shown) : Results.Ok(shown);
    }

    private static async Task<IResult> ApproveAsync(Guid id, PayoutSeen seen, PayoutDesk desk, IMerchantRecords records, IWorkSignal signal, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<Payout>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        if (seen.Revision is not { } revision)
        {
            return Problem.Invalid("revision", "revision-required");
        }

        var approved = await desk.ApproveAsync(id, revision, cancellationToken);
        signal.Set();
        return Results.Ok(PayoutShown.Of(approved));
    }

    private static async Task<IResult> ReviseAsync(Guid id, PayoutProposals proposals, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<Payout>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        await proposals.ReviseAsync(id, cancellationToken);
        return Doors.Shown(await records.FindAsync<Payout>(id, cancellationToken), PayoutShown.Of);
    }

    private static async Task<IResult> OnAsync(Guid id, IMerchantRecords records, Func<Task<Payout>> act, CancellationToken cancellationToken) =>
        await records.FindAsync<Payout>(id, cancellationToken) is null ? Problem.NotFound() : Results.Ok(PayoutShown.Of(await act()));
}

/// <summary>Asks for a payout of what is owed and available.</summary>
internal sealed record PayoutAsked(Guid BeneficiaryId, string? Currency);

/// <summary>The revision of the payout that was seen: what was changed since is not signed.</summary>
internal sealed record PayoutSeen(long? Revision);

/// <summary>Why.</summary>
internal sealed record PayoutReason(string? Reason);

/// <summary>What the bank made of a payout by file.</summary>
internal sealed record PayoutConfirmed(bool? Paid, string? Reason);

/// <summary>What came of a proposal.</summary>
internal sealed record ProposalShown(ProposalOutcome Outcome, PayoutShown? Payout, long WaitingMinor, DateTimeOffset? AvailableAt);

/// <summary>A payout with the operations behind it.</summary>
internal sealed record PayoutWithOperations(PayoutShown Payout, IReadOnlyList<SplitShown> Operations);

/// <summary>Balances by wallet, from the books.</summary>
internal sealed record WalletBalances(string Currency, long GatewayMinor, long OnTheWayMinor, long BankMinor, long HeldMinor, IReadOnlyList<OwedShown> Owed);

/// <summary>What a third party is owed; below zero when it owes.</summary>
internal sealed record OwedShown(Guid BeneficiaryId, long OwedMinor);

/// <summary>A payout as the API shows it.</summary>
internal sealed record PayoutShown(
    Guid Id, string Reference, Guid BeneficiaryId, long AmountMinor, string Currency, int Operations, PayoutWay Way, PayoutState State, string Reason,
    string ProposedBy, DateTimeOffset ProposedAt, string? ApprovedBy, DateTimeOffset? ApprovedAt, string? GatewayPayoutId, DateTimeOffset? SentAt, DateTimeOffset? EndedAt, string? Problem, long Revision)
{
    public static PayoutShown Of(Payout row) => new(
        row.Id, row.Reference, row.BeneficiaryId, row.Amount.AmountMinor, row.Amount.Currency, row.Operations, row.Way, row.State, row.Reason,
        row.ProposedByName, row.ProposedAt, row.ApprovedByName, row.ApprovedAt, row.GatewayPayoutId, row.SentAt, row.EndedAt, row.Problem, row.Revision);
}
