namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>What a payer wrote, taken apart into what could be an invoice number. Pure.</summary>
internal static class RemittanceText
{
    // A SEPA remittance has 140 characters; what is longer is cut, so that a text cannot ask for an endless search.
    private const int MaxCharacters = 280;
    private const int MaxJoined = 3;
    private const int MinNumberLength = 3;

    private static readonly string[] Joints = ["", "-", "/", " "];

    /// <summary>Words, and up to three neighbours joined as numbers are written; each in upper case and as it stands.</summary>
    internal static List<string> NumbersIn(params string?[] texts)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts.Where(text => text is not null))
        {
            var words = WordsIn(text!);
            for (var start = 0; start < words.Length; start++)
            {
                for (var count = 1; count <= MaxJoined && start + count <= words.Length; count++)
                {
                    foreach (var joint in count == 1 ? [""] : Joints)
                    {
                        Keep(string.Join(joint, words[start..(start + count)]), found);
                    }
                }
            }
        }

        return [.. found];
    }

    /// <summary>Words, and up to three neighbours joined, letters and digits alone in upper case: what a mistyped number is looked for in.</summary>
    internal static IEnumerable<string> JoinedWords(string text)
    {
        var words = WordsIn(text).Select(word => new string([.. word.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)])).Where(word => word.Length > 0).ToArray();
        for (var start = 0; start < words.Length; start++)
        {
            for (var count = 1; count <= MaxJoined && start + count <= words.Length; count++)
            {
                var joined = string.Concat(words[start..(start + count)]);
                if (joined.Length >= MinNumberLength && joined.Any(char.IsAsciiDigit))
                {
                    yield return joined;
                }
            }
        }
    }

    /// <summary>The text, cut so that it cannot ask for an endless search.</summary>
    internal static string Cut(string text) => text.Length > MaxCharacters ? text[..MaxCharacters] : text;

    private static string[] WordsIn(string text) =>
    [
        .. Cut(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => word.Split([',', ';', ':', '(', ')', '#', '"', '+'], StringSplitOptions.RemoveEmptyEntries))
            .Select(word => word.Trim('.', '-', '/', '\''))
            .Where(word => word.Length > 0),
    ];

    private static void Keep(string candidate, HashSet<string> found)
    {
        if (candidate.Length >= MinNumberLength && candidate.Any(char.IsAsciiDigit))
        {
            found.Add(candidate);
            found.Add(candidate.ToUpperInvariant());
        }
    }
}
