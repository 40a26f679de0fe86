using System.Collections.Frozen;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>What helps after a debit failed.</summary>
public enum DebitCure
{
    /// <summary>Another try some days later, by itself.</summary>
    Retry,

    /// <summary>The customer gives the right account first.</summary>
    CorrectAccount,

    /// <summary>The customer signs a new mandate.</summary>
    NewMandate,

    /// <summary>Another account, or another way to pay.</summary>
    OtherMethod,

    /// <summary>Somebody talks to the customer; nothing is tried by itself.</summary>
    Contact,

    /// <summary>Somebody finds out what is technically wrong, and sends it again.</summary>
    Operator,

    /// <summary>The customer claimed the money back: a dispute, and reminders stop until it is reviewed.</summary>
    Dispute,

    /// <summary>It was sent twice: somebody looks into it, and it is never sent again.</summary>
    Investigate,

    /// <summary>The debtor died: nothing happens by itself any more.</summary>
    StopAll,
}

/// <summary>What follows on a reason code.</summary>
/// <param name="Code">The ISO 20022 external reason code.</param>
/// <param name="Cure">What helps.</param>
/// <param name="EndsMandate">Whether the mandate is of no use any more.</param>
public sealed record DebitReason(string Code, DebitCure Cure, bool EndsMandate);

/// <summary>
/// The policy by reason code (EPC guidance on SDD r-transactions). How often AM04 and MS03 are tried is the merchant's policy: no
/// SEPA rule sets it.
/// </summary>
public static class DebitReasons
{
    private static readonly FrozenDictionary<string, DebitReason> ByCode = new[]
    {
        new DebitReason("AM04", DebitCure.Retry, false), // insufficient funds
        new DebitReason("MS03", DebitCure.Retry, false), // no reason given
        new DebitReason("AC01", DebitCure.CorrectAccount, true), // the IBAN is wrong
        new DebitReason("RC01", DebitCure.CorrectAccount, true), // the BIC is wrong
        new DebitReason("AG02", DebitCure.Operator, false), // wrong operation or sequence
        new DebitReason("FF01", DebitCure.Operator, false), // the format is wrong
        new DebitReason("FF05", DebitCure.Operator, false), // the scheme's code is wrong
        new DebitReason("BE05", DebitCure.Operator, false), // the creditor identifier is not known
        new DebitReason("MD01", DebitCure.NewMandate, true), // no valid mandate
        new DebitReason("AC04", DebitCure.OtherMethod, true), // the account is closed
        new DebitReason("AC06", DebitCure.OtherMethod, false), // the account is blocked
        new DebitReason("AG01", DebitCure.OtherMethod, false), // direct debit is not allowed on it
        new DebitReason("SL01", DebitCure.OtherMethod, false), // the debtor's bank blocks this creditor
        new DebitReason("MS02", DebitCure.Contact, false), // refused by the debtor
        new DebitReason("MD06", DebitCure.Dispute, false), // refund claimed by the debtor
        new DebitReason("MD07", DebitCure.StopAll, true), // the debtor died
        new DebitReason("AM05", DebitCure.Investigate, false), // sent twice
    }.ToFrozenDictionary(reason => reason.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every code we know.</summary>
    public static IReadOnlyList<DebitReason> All { get; } = [.. ByCode.Values.OrderBy(reason => reason.Code, StringComparer.Ordinal)];

    /// <summary>What follows on a code; a code nobody told us of, or none, is for a person.</summary>
    public static DebitReason Of(string? code) => code is not null && ByCode.TryGetValue(code, out var known) ? known : new DebitReason(code ?? "", DebitCure.Operator, false);

    /// <summary>Whether it is a code we know.</summary>
    public static bool IsKnown(string? code) => code is not null && ByCode.ContainsKey(code);

    /// <summary>Whether nobody may send such a debit again, not even by hand.</summary>
    public static bool NeverAgain(DebitCure cure) => cure is DebitCure.Investigate or DebitCure.StopAll or DebitCure.Dispute;
}
