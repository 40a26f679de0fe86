using System.Text;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Qr;

/// <summary>
/// The text of the QR code from which a banking app fills in a SEPA credit transfer (EPC069-12, version 002): at most 12 lines
/// and 331 bytes, a structured or a free reference, never both.
/// </summary>
public sealed record EpcTransfer
{
    private const int MaxName = 70;
    private const int MaxFreeText = 140;
    private const int MaxBytes = 331;
    private const long MinMinor = 1;
    private const long MaxMinor = 99_999_999_999;

    /// <summary>Who is paid; cut to 70 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The account that is paid.</summary>
    public required string Iban { get; init; }

    /// <summary>What is paid: euros, 0.01 to 999,999,999.99.</summary>
    public required Money Amount { get; init; }

    /// <summary>What the payer is to refer to: a creditor reference goes to its own line, anything else is free text of up to 140 characters.</summary>
    public required string Reference { get; init; }

    /// <summary>The lines of the code; throws <see cref="RuleViolationException"/> when a rule of the guideline is broken.</summary>
    public string ToText()
    {
        var iban = Amounts.Iban.TryParse(Iban) ?? throw RuleViolationException.Of("iban", RuleCodes.IbanInvalid);
        if (Amount.Currency != "EUR")
        {
            throw RuleViolationException.Of("currency", RuleCodes.CurrencyUnknown, ("value", Amount.Currency));
        }

        if (Amount.AmountMinor > MaxMinor)
        {
            throw RuleViolationException.Of("amount", RuleCodes.AmountTooLarge, ("limit", new Money(MaxMinor, Amount.Currency).ToString()));
        }

        if (Amount.AmountMinor < MinMinor)
        {
            throw RuleViolationException.Of("amount", Amount.IsZero ? RuleCodes.AmountZero : RuleCodes.AmountNegative);
        }

        var structured = CreditorReference.TryParse(Reference);
        var lines = new List<string> { "BCD", "002", "1", "SCT", "", OneLine(Name, MaxName), iban, $"EUR{MoneyText.Plain(Amount)}", "", structured ?? "" };
        if (structured is null)
        {
            lines.Add(OneLine(Reference, MaxFreeText));
        }

        var text = string.Join('\n', lines);
        return Encoding.UTF8.GetByteCount(text) <= MaxBytes ? text : throw RuleViolationException.Of("reference", RuleCodes.TooLong, ("limit", $"{MaxBytes}"));
    }

    private static string OneLine(string text, int limit)
    {
        var line = new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
        return line.Length > limit ? line[..limit].TrimEnd() : line;
    }
}
