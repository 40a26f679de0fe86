using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>Somebody who is paid out to: a third party who shares in sales, or the merchant's own bank account.</summary>
public sealed record Beneficiary : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The short name scenarios know it by: lower-case letters, digits, hyphens. Unique in a merchant.</summary>
    public required string Code { get; init; }

    /// <summary>Its name, as banks and approvers read it.</summary>
    public required string Name { get; init; }

    /// <summary>A third party, or an own account.</summary>
    public required BeneficiaryKind Kind { get; init; }

    /// <summary>How it is paid.</summary>
    public required PayoutWay Way { get; init; }

    /// <summary>Its account, without spaces; null where it is paid to a wallet.</summary>
    public string? Iban { get; init; }

    /// <summary>Its wallet at the gateway (a UUID); null where it is paid to an account.</summary>
    public string? WalletReference { get; init; }

    /// <summary>When payouts to it are proposed.</summary>
    public PayoutSchedule Schedule { get; init; }

    /// <summary>What stays in the wallet when an own account is paid, in minor units of the merchant's currency; 0 for nothing.</summary>
    public long ReserveMinor { get; init; }

    /// <summary>Whether nothing is proposed for it any more.</summary>
    public bool Archived { get; init; }

    /// <summary>Who edited it last, by identity: nobody signs what they set up.</summary>
    public required string EditedBy { get; init; }

    /// <summary>The name of who edited it last.</summary>
    public required string EditedByName { get; init; }

    /// <summary>When it was edited last (business time).</summary>
    public required DateTimeOffset EditedAt { get; init; }

    /// <summary>Who set the IBAN or the wallet, by identity.</summary>
    public required string AccountSetBy { get; init; }

    /// <summary>When the IBAN or the wallet was set (business time): the cooling-off counts from it.</summary>
    public required DateTimeOffset AccountSetAt { get; init; }

    /// <summary>When it was made (business time).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When payouts to it were last looked for by its schedule (business time); null for never.</summary>
    public DateTimeOffset? ProposedAt { get; init; }
}

/// <summary>The kinds of beneficiaries.</summary>
public enum BeneficiaryKind
{
    /// <summary>An affiliate or partner who shares in sales.</summary>
    ThirdParty,

    /// <summary>A bank account of the merchant.</summary>
    OwnAccount,
}

/// <summary>The ways to pay out.</summary>
public enum PayoutWay
{
    /// <summary>The gateway moves the money from the merchant's wallet.</summary>
    Gateway,

    /// <summary>A pain.001 file that the merchant's bank executes.</summary>
    File,
}

/// <summary>When payouts to a beneficiary are proposed.</summary>
public enum PayoutSchedule
{
    /// <summary>When a person says so.</summary>
    Manual,

    /// <summary>As soon as the funds of a share are there.</summary>
    EachShare,

    /// <summary>Each day, for what was there at its beginning.</summary>
    Daily,

    /// <summary>Each Monday.</summary>
    Weekly,

    /// <summary>On the first of the month.</summary>
    Monthly,
}
