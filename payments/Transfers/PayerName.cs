using System.Globalization;
using System.Text;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>Compares the name on a transfer with a customer's: without accents, legal forms and titles, in any order of words.</summary>
internal static class PayerName
{
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "SARL", "SAS", "SASU", "SA", "SCI", "SNC", "EURL", "EI", "EIRL", "GIE", "SCOP", "LTD", "LIMITED", "PLC", "LLC", "INC", "GMBH", "AG", "BV", "NV", "SPRL", "SRL",
        "M", "MR", "MME", "MLLE", "MRS", "MS", "OU", "ET", "AND", "THE", "DE", "DU", "LA", "LE", "LES", "DES", "STE", "SOCIETE", "ETS", "ETABLISSEMENTS",
    };

    /// <summary>Whether the names share all the words that tell, at least one of three letters.</summary>
    internal static bool Agrees(string? payer, string customer)
    {
        if (payer is null)
        {
            return false;
        }

        var (left, right) = (WordsOf(payer), WordsOf(customer));
        var (fewer, more) = left.Count <= right.Count ? (left, right) : (right, left);
        return fewer.Count > 0 && fewer.IsSubsetOf(more) && fewer.Any(word => word.Length >= 3);
    }

    /// <summary>The words that tell, in capitals, without accents.</summary>
    internal static HashSet<string> WordsOf(string name)
    {
        var letters = name.Normalize(NormalizationForm.FormD)
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            .Select(letter => char.IsLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : ' ');
        return [.. new string([.. letters]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !Ignored.Contains(word))];
    }
}
