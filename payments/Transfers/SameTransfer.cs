using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>
/// Whether the bank's statement and the gateway tell of one and the same transfer. They share no identity, so it takes the
/// amount, a day close by, and something that no other transfer has. When in doubt they are two: a person sees two, but
/// would never see the one that was swallowed. Pure.
/// </summary>
internal static class SameTransfer
{
    /// <summary>Days that the booking days of the two may lie apart: weekends and a bank holiday.</summary>
    internal const int MostDaysApart = 5;

    internal static bool Is(IncomingTransfer known, ToldTransfer told)
    {
        if (SourceOf(known.SourceKey) == SourceOf(told.SourceKey) || known.Amount != told.Amount
            || Math.Abs(known.BookedOn.DayNumber - told.BookedOn.DayNumber) > MostDaysApart || Differ(known.DebtorIban, told.DebtorIban))
        {
            return false;
        }

        if (Names(known.OtherReferences, told.SourceKey) || Names(told.OtherReferences, known.SourceKey))
        {
            return true;
        }

        if (known.EndToEndId is not null && told.EndToEndId is not null)
        {
            return known.EndToEndId == told.EndToEndId;
        }

        var sameText = Squeezed(known.Remittance) is { Length: > 0 } text && text == Squeezed(told.Remittance);
        return sameText && (known.DebtorIban is not null || known.CreditorIban == told.CreditorIban);
    }

    /// <summary>Who told it: what stands before the colon.</summary>
    internal static string SourceOf(string sourceKey) => sourceKey[..Math.Max(0, sourceKey.IndexOf(':', StringComparison.Ordinal))];

    private static bool Differ(string? left, string? right) => left is not null && right is not null && (Iban.TryParse(left) ?? left) != (Iban.TryParse(right) ?? right);

    private static bool Names(string? references, string sourceKey) =>
        references?.Split(' ').Contains(sourceKey[(SourceOf(sourceKey).Length + 1)..], StringComparer.Ordinal) == true;

    private static string Squeezed(string? text) => new([.. (text ?? "").Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}
