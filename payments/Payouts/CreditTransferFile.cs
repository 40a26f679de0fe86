using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>One transfer of a file.</summary>
/// <param name="EndToEndId">The payout's reference, at most 35 characters.</param>
/// <param name="Amount">How much, in EUR.</param>
/// <param name="Name">Who is paid.</param>
/// <param name="Iban">Their account.</param>
/// <param name="Remittance">What they read.</param>
public sealed record FileTransfer(string EndToEndId, Money Amount, string Name, string Iban, string Remittance);

/// <summary>A file of SEPA credit transfers for the merchant's bank: ISO 20022 pain.001.001.09, one payment block, executed on one day. Pure.</summary>
public static class CreditTransferFile
{
    /// <summary>The namespace of the message.</summary>
    public const string Namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    private const int MaxName = 70;
    private const int MaxRemittance = 140;

    /// <summary>The file's text, UTF-8 with its declaration.</summary>
    /// <param name="messageId">Unique for the bank, at most 35 characters.</param>
    /// <param name="createdAt">When it was made.</param>
    /// <param name="executionDay">When the bank is to execute it.</param>
    /// <param name="debtorName">Who pays.</param>
    /// <param name="debtorIban">From which account.</param>
    /// <param name="transfers">The transfers, one at least, all in EUR.</param>
    public static byte[] Write(string messageId, DateTimeOffset createdAt, DateOnly executionDay, string debtorName, string debtorIban, IReadOnlyList<FileTransfer> transfers)
    {
        ArgumentNullException.ThrowIfNull(transfers);
        ArgumentOutOfRangeException.ThrowIfZero(transfers.Count);
        XNamespace ns = Namespace;
        var count = transfers.Count.ToString(CultureInfo.InvariantCulture);
        var sum = MoneyText.Plain(transfers.Aggregate(Money.Zero("EUR"), (running, transfer) => running + transfer.Amount));
        var document = new XDocument(new XDeclaration("1.0", "UTF-8", null), new XElement(ns + "Document", new XElement(
            ns + "CstmrCdtTrfInitn",
            new XElement(
                ns + "GrpHdr",
                new XElement(ns + "MsgId", messageId),
                new XElement(ns + "CreDtTm", createdAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                new XElement(ns + "NbOfTxs", count),
                new XElement(ns + "CtrlSum", sum),
                new XElement(ns + "InitgPty", new XElement(ns + "Nm", Latin(debtorName, MaxName)))),
            new XElement(
                ns + "PmtInf",
                new XElement(ns + "PmtInfId", messageId),
                new XElement(ns + "PmtMtd", "TRF"),
                new XElement(ns + "NbOfTxs", count),
                new XElement(ns + "CtrlSum", sum),
                new XElement(ns + "PmtTpInf", new XElement(ns + "SvcLvl", new XElement(ns + "Cd", "SEPA"))),
                new XElement(ns + "ReqdExctnDt", new XElement(ns + "Dt", executionDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
                new XElement(ns + "Dbtr", new XElement(ns + "Nm", Latin(debtorName, MaxName))),
                new XElement(ns + "DbtrAcct", new XElement(ns + "Id", new XElement(ns + "IBAN", debtorIban))),
                new XElement(ns + "DbtrAgt", new XElement(ns + "FinInstnId", new XElement(ns + "Othr", new XElement(ns + "Id", "NOTPROVIDED")))),
                new XElement(ns + "ChrgBr", "SLEV"),
                transfers.Select(transfer => Transfer(ns, transfer))))));
        using var text = new MemoryStream();
        using (var writer = new StreamWriter(text, new UTF8Encoding(false), leaveOpen: true))
        {
            document.Save(writer);
        }

        return text.ToArray();
    }

    /// <summary>A text in the characters that every SEPA bank takes (EPC217-08): accents taken off, others as a space, cut.</summary>
    public static string Latin(string text, int limit)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = text.Replace("ß", "ss", StringComparison.Ordinal).Replace("œ", "oe", StringComparison.Ordinal).Replace("Œ", "OE", StringComparison.Ordinal)
            .Replace("æ", "ae", StringComparison.Ordinal).Replace("Æ", "AE", StringComparison.Ordinal).Replace("&", "+", StringComparison.Ordinal)
            .Normalize(NormalizationForm.FormD);
        var kept = plain.Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            .Select(letter => char.IsAsciiLetterOrDigit(letter) || "/-?:().,'+ ".Contains(letter, StringComparison.Ordinal) ? letter : ' ');
        var words = string.Join(' ', string.Concat(kept).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= limit ? words : words[..limit].TrimEnd();
    }

    private static XElement Transfer(XNamespace ns, FileTransfer transfer) => new(
        ns + "CdtTrfTxInf",
        new XElement(ns + "PmtId", new XElement(ns + "EndToEndId", transfer.EndToEndId)),
        new XElement(ns + "Amt", new XElement(ns + "InstdAmt", new XAttribute("Ccy", transfer.Amount.Currency), MoneyText.Plain(transfer.Amount))),
        new XElement(ns + "Cdtr", new XElement(ns + "Nm", Latin(transfer.Name, MaxName))),
        new XElement(ns + "CdtrAcct", new XElement(ns + "Id", new XElement(ns + "IBAN", transfer.Iban))),
        new XElement(ns + "RmtInf", new XElement(ns + "Ustrd", Latin(transfer.Remittance, MaxRemittance))));
}
