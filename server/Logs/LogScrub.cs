using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Server.Logs;

/// <summary>Masks what must never stand in a log: card numbers (PCI), account numbers, e-mail addresses, telephone numbers.</summary>
internal static partial class LogScrub
{
    private const string Mask = "•••";
    private const int VisibleOfIban = 4;

    /// <summary>The text, masked.</summary>
    public static string Of(string text)
    {
        var masked = CardNumber.Scrub(text)!;
        masked = IbanShape().Replace(masked, found => Iban.TryParse(found.Value) is { } iban && !CreditorReference.IsValid(iban) ? $"{Mask}{iban[^VisibleOfIban..]}" : found.Value);
        masked = Email().Replace(masked, $"{Mask}@{Mask}");
        return Phone().Replace(masked, $"+{Mask}");
    }

    [GeneratedRegex(@"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}\b", RegexOptions.CultureInvariant)]
    private static partial Regex IbanShape();

    [GeneratedRegex(@"[^\s@<>""'(),;:=\[\]{}]+@[^\s@<>""'(),;:=\[\]{}]+\.[^\s@<>""'(),;:=\[\]{}.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    // E.164: a plus, and 8 to 15 digits, in groups or not.
    [GeneratedRegex(@"(?<![0-9A-Za-z:.])\+[1-9](?:[ .-]?[0-9]){7,14}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}
