using System.Xml.Linq;
using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Statements;

/// <summary>One <c>Ntry</c> of a camt.053: as many movements as it has transactions whose amounts make up the booking, else one.</summary>
internal static class Camt053Entry
{
    private const string NotProvided = "NOTPROVIDED";

    internal static bool IsBooked(XElement entry) => (entry.At("Sts", "Cd") ?? entry.At("Sts") ?? "BOOK") == "BOOK";

    internal static IReadOnlyList<StatementEntry> Read(XElement entry, string account, EntryKeys keys)
    {
        var where = entry.At("AcctSvcrRef") ?? entry.At("NtryRef") ?? "?";
        var signed = Camt053.Signed(entry, where);
        var bookedOn = Camt053.Day(entry.Element("BookgDt")?.Element("Dt") ?? entry.Element("BookgDt")?.Element("DtTm"))
            ?? Camt053.Day(entry.Element("ValDt")?.Element("Dt") ?? entry.Element("ValDt")?.Element("DtTm"))
            ?? throw Camt053.Broken(where, "BookgDt");
        if (signed.IsZero)
        {
            return [];
        }

        var isReversal = entry.At("RvslInd") is "true" or "1";
        var details = entry.Elements("NtryDtls").Elements("TxDtls").ToArray();
        var amounts = Amounts(details, signed);
        var parts = amounts is null ? [(Details: details, Amount: signed)] : details.Select((detail, index) => (Details: new[] { detail }, Amount: amounts[index])).ToArray();
        return [.. parts.Select(part => Movement(entry, part.Details, part.Amount, isReversal, bookedOn, account, keys))];
    }

    /// <summary>The signed amount of each transaction, when all have one and they make up the booking; null otherwise: then only the booking's own amount is sure.</summary>
    private static Money[]? Amounts(XElement[] details, Money booked)
    {
        if (details.Length <= 1)
        {
            return details.Length == 1 ? [booked] : null;
        }

        var amounts = details.Select(detail => Amount(detail, booked)).ToArray();
        return amounts.All(amount => amount is { IsZero: false }) && amounts.Aggregate(Money.Zero(booked.Currency), (sum, amount) => sum + amount!.Value) == booked
            ? [.. amounts.Select(amount => amount!.Value)]
            : null;
    }

    private static Money? Amount(XElement detail, Money booked)
    {
        var amount = Camt053.Amount(detail.Element("Amt")) ?? Camt053.Amount(detail.Element("AmtDtls")?.Element("TxAmt")?.Element("Amt"));
        if (amount is not { } found || found.Currency != booked.Currency)
        {
            return null;
        }

        var isCredit = detail.At("CdtDbtInd") is { } own ? own == "CRDT" : booked.IsPositive;
        return isCredit ? found : -found;
    }

    private static StatementEntry Movement(XElement entry, XElement[] details, Money signed, bool isReversal, DateOnly bookedOn, string account, EntryKeys keys)
    {
        var kind = (signed.IsPositive, isReversal) switch
        {
            (true, false) => MovementKind.Credit,
            (false, false) => MovementKind.Debit,
            (false, true) => MovementKind.CreditReversal,
            (true, true) => MovementKind.DebitReversal,
        };
        var only = details.Length == 1 ? details[0] : null;
        var parties = only?.Element("RltdPties");
        var other = signed.IsPositive ? "Dbtr" : "Cdtr";
        var movement = new StatementEntry
        {
            Key = "",
            Kind = kind,
            Amount = signed.IsPositive ? signed : -signed,
            BookedOn = bookedOn,
            Account = (signed.IsPositive ? IbanOf(parties?.Element("CdtrAcct")) : null) ?? account,
            PartyName = Kept(NameOf(parties, other) ?? NameOf(parties, $"Ultmt{other}"), StatementLimits.MaxText),
            PartyIban = IbanOf(parties?.Element($"{other}Acct")),
            Remittance = Remittance(entry, details),
            EndToEndId = Provided(only?.At("Refs", "EndToEndId")),
            OtherReferences = Others(entry, only),
        };
        return movement with { Key = keys.Of(movement, account, Provided(only?.At("Refs", "AcctSvcrRef")), Provided(entry.At("AcctSvcrRef"))) };
    }

    /// <summary>What the payer wrote: free lines joined, then structured references; the bank's own text where the payer's is missing.</summary>
    private static string? Remittance(XElement entry, XElement[] details)
    {
        var texts = details.Elements("RmtInf").SelectMany(info => info.Elements("Ustrd").Select(line => line.Value)
            .Concat(info.Elements("Strd").SelectMany(structured => structured.Elements("CdtrRefInf").Select(reference => reference.At("Ref"))
                .Concat(structured.Elements("RfrdDocInf").Select(document => document.At("Nb")))
                .Concat(structured.Elements("AddtlRmtInf").Select(line => line.Value)).OfType<string>())));
        var written = string.Join(' ', texts.Select(text => text.Trim()).Where(text => text.Length > 0));
        written = written.Length > 0 ? written : details.Select(detail => detail.At("AddtlTxInf")).FirstOrDefault(text => text is not null) ?? entry.At("AddtlNtryInf") ?? "";
        return Kept(written, StatementLimits.MaxRemittance);
    }

    private static string? Others(XElement entry, XElement? only)
    {
        var references = new[] { only?.At("Refs", "InstrId"), only?.At("Refs", "TxId"), only?.At("Refs", "AcctSvcrRef"), entry.At("AcctSvcrRef"), only?.At("Refs", "Prtry", "Ref") };
        var kept = references.Select(Provided).OfType<string>().Distinct(StringComparer.Ordinal);
        return Kept(string.Join(' ', kept), StatementLimits.MaxText * 2);
    }

    // Version 08 put the party one level deeper.
    private static string? NameOf(XElement? parties, string role) => parties?.Element(role).At("Nm") ?? parties?.Element(role).At("Pty", "Nm");

    private static string? IbanOf(XElement? account)
    {
        var iban = account.At("Id", "IBAN");
        return Iban.TryParse(iban) ?? iban;
    }

    private static string? Provided(string? reference) => string.Equals(reference, NotProvided, StringComparison.OrdinalIgnoreCase) ? null : reference;

    private static string? Kept(string? text, int limit)
    {
        var scrubbed = CardNumber.Scrub(text);
        return string.IsNullOrEmpty(scrubbed) ? null : scrubbed.Length > limit ? scrubbed[..limit] : scrubbed;
    }
}
