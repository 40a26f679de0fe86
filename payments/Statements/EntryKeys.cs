using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CentralPay.Workflows.Payments.Statements;

/// <summary>
/// What a movement is known by, in whatever statement it stands: the account, the day, the amount, and every reference that the
/// bank and the payer gave it. Movements that are alike in all of that are counted: the second of a day is another one.
/// The entry's number in its statement is no part: an overlapping statement numbers anew.
/// </summary>
internal sealed class EntryKeys
{
    private const int KeyBytes = 16;
    private const char Between = '\u001F';

    private readonly Dictionary<string, int> alike = new(StringComparer.Ordinal);

    internal string Of(StatementEntry movement, string account, string? transactionReference, string? entryReference)
    {
        var facts = string.Join(
            Between,
            account,
            movement.BookedOn.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            movement.Kind.ToString(),
            movement.Amount.AmountMinor.ToString(CultureInfo.InvariantCulture),
            movement.Amount.Currency,
            transactionReference,
            entryReference,
            movement.EndToEndId,
            movement.PartyIban,
            movement.Remittance);
        var count = alike[facts] = alike.GetValueOrDefault(facts) + 1;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(facts + Between + count.ToString(CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(digest.AsSpan(0, KeyBytes));
    }
}
