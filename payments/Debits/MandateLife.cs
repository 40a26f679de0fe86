using System.Security.Cryptography;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>What can happen to a mandate.</summary>
public enum MandateEvent
{
    /// <summary>The debtor signs it.</summary>
    Signed,

    /// <summary>One side withdraws it, or the debtor's bank refuses it.</summary>
    Cancelled,

    /// <summary>36 months pass without a debit.</summary>
    Lapsed,
}

/// <summary>The life of a mandate. An ended one never lives again: a new one is signed.</summary>
public static class MandateLife
{
    /// <summary>A mandate lapses after so many months without a debit (SEPA rulebook, AT-27).</summary>
    public const int UnusedMonths = 36;

    private const int ReferenceCharacters = 16;
    private const string ReferencePrefix = "CP";

    // Without the letters people confuse with digits or with each other.
    private const string ReferenceAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>State x event -> state.</summary>
    public static StateTable<MandateStatus, MandateEvent> Table { get; } = new(
        (MandateStatus.Draft, MandateEvent.Signed, MandateStatus.Valid),
        (MandateStatus.Draft, MandateEvent.Cancelled, MandateStatus.Cancelled),
        (MandateStatus.Valid, MandateEvent.Cancelled, MandateStatus.Cancelled),
        (MandateStatus.Valid, MandateEvent.Lapsed, MandateStatus.Expired));

    /// <summary>The mandate after the event; throws <see cref="IllegalTransitionException"/> when it cannot happen.</summary>
    public static Mandate After(Mandate mandate, MandateEvent happened)
    {
        ArgumentNullException.ThrowIfNull(mandate);
        return mandate with { Status = Table.After(mandate.Status, happened) };
    }

    /// <summary>The first day a signed mandate can no longer be used, if nothing is debited before; null for one that is not signed.</summary>
    public static DateOnly? LapsesOn(Mandate mandate)
    {
        ArgumentNullException.ThrowIfNull(mandate);
        return mandate.SignedAt is not { } signed ? null : (mandate.LastUsedOn ?? DateOnly.FromDateTime(signed.UtcDateTime)).AddMonths(UnusedMonths);
    }

    /// <summary>Whether a debit may be due on the day.</summary>
    public static bool IsUsableOn(Mandate mandate, DateOnly day) => mandate is { Status: MandateStatus.Valid } && LapsesOn(mandate) > day;

    /// <summary>A new reference: 18 characters of the 35 a UMR may have, 80 random bits.</summary>
    public static string NewReference() => ReferencePrefix + RandomNumberGenerator.GetString(ReferenceAlphabet, ReferenceCharacters);
}
