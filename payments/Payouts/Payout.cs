using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>Money to be paid to a beneficiary: proposed by one, signed by another, paid once. Its operations are the splits that name it.</summary>
public sealed record Payout : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The reference banks and the gateway see: <c>PO-</c> and ten letters and digits. Unique in a merchant.</summary>
    public required string Reference { get; init; }

    /// <summary>Who is paid.</summary>
    public required Guid BeneficiaryId { get; init; }

    /// <summary>How much, above zero: the sum of its operations.</summary>
    public required Money Amount { get; init; }

    /// <summary>Whether it goes to a third party or to an own account.</summary>
    public required BeneficiaryKind Kind { get; init; }

    /// <summary>How many operations it has: splits for a third party, card payments for an own account.</summary>
    public required int Operations { get; init; }

    /// <summary>For an own account: the card payments it is made of came in from here on (business time); null for a third party.</summary>
    public DateTimeOffset? CoversFrom { get; init; }

    /// <summary>For an own account: and before this (business time); null for a third party.</summary>
    public DateTimeOffset? CoversUntil { get; init; }

    /// <summary>How it is paid.</summary>
    public required PayoutWay Way { get; init; }

    /// <summary>How far it is.</summary>
    public PayoutState State { get; init; } = PayoutState.AwaitingApproval;

    /// <summary>Why it was proposed, as a code pages translate (<c>share</c>, <c>schedule</c>, <c>person</c>).</summary>
    public required string Reason { get; init; }

    /// <summary>Everybody who made or changed it, by identity, separated by spaces: none of them signs it.</summary>
    public required string Creators { get; init; }

    /// <summary>The name of who proposed it.</summary>
    public required string ProposedByName { get; init; }

    /// <summary>When it was proposed (business time).</summary>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>Rises with each approval: an order to pay belongs to one approval and dies with it.</summary>
    public int ApprovalNumber { get; init; }

    /// <summary>Who signed, by identity; null while nobody has, or when an edit voided it.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>The name of who signed.</summary>
    public string? ApprovedByName { get; init; }

    /// <summary>When it was signed (business time).</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>The name the payee had when the order left; null before.</summary>
    public string? PaidToName { get; init; }

    /// <summary>The account the order names; null before, or for a wallet.</summary>
    public string? PaidToIban { get; init; }

    /// <summary>The wallet the order names; null before, or for an account.</summary>
    public string? PaidToWallet { get; init; }

    /// <summary>The gateway's id of it; null until it answered.</summary>
    public string? GatewayPayoutId { get; init; }

    /// <summary>The name of the file it was put into; null for none.</summary>
    public string? FileName { get; init; }

    /// <summary>When the order left (business time).</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it ended (business time).</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended without money, or what is not known about it; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>Everybody who made or changed it.</summary>
    public IReadOnlyList<string> CreatorList() => Creators.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
