using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Customers;

/// <summary>
/// Telephone numbers in E.164 (<c>+33612345678</c>). A number as people write it is read by the numbering plan of its country;
/// one that fits no plan is refused rather than guessed.
/// </summary>
public static class PhoneNumber
{
    private const int MinDigits = 8;
    private const int MaxDigits = 15;

    private static readonly Dictionary<string, Plan> Plans = new(StringComparer.OrdinalIgnoreCase)
    {
        ["FR"] = new("33", "0", 9, 9),
        ["BE"] = new("32", "0", 8, 9),
        ["DE"] = new("49", "0", 6, 11),
        ["ES"] = new("34", "", 9, 9),
        ["IT"] = new("39", "", 6, 11),
        ["LU"] = new("352", "", 5, 11),
        ["NL"] = new("31", "0", 9, 9),
        ["GB"] = new("44", "0", 9, 10),
        ["CH"] = new("41", "0", 9, 9),
        ["PT"] = new("351", "", 9, 9),
        ["AT"] = new("43", "0", 7, 13),
        ["IE"] = new("353", "0", 7, 9),
        ["MC"] = new("377", "", 8, 9),
    };

    /// <summary>The countries whose numbers can be written without a country code, ISO 3166-1 alpha-2.</summary>
    public static IReadOnlyCollection<string> Countries => Plans.Keys;

    /// <summary>Reads a number; answers the code of the rule it breaks, or null.</summary>
    /// <param name="text">The number as it was written: digits, with spaces, dots, hyphens, slashes and brackets where people put them.</param>
    /// <param name="country">Whose plan holds for a number without a country code, ISO 3166-1 alpha-2.</param>
    /// <param name="number">The number in E.164, when it was read.</param>
    public static string? TryRead(string? text, string country, out string number)
    {
        number = "";
        var written = (text ?? "").Trim();
        var kept = new string([.. written.Replace("(0)", "", StringComparison.Ordinal).Where(letter => letter is not (' ' or '\u00A0' or '\u202F' or '.' or '-' or '/' or '(' or ')'))]);
        var international = kept.StartsWith('+') ? kept[1..] : kept.StartsWith("00", StringComparison.Ordinal) ? kept[2..] : null;
        var digits = international ?? kept;
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
        {
            return RuleCodes.PhoneInvalid;
        }

        if (international is null && !Plans.ContainsKey(country))
        {
            return RuleCodes.PhoneCountry;
        }

        var whole = international is not null ? OfWhole(digits) : OfNational(digits, Plans[country]);
        if (whole is null)
        {
            return RuleCodes.PhoneInvalid;
        }

        number = "+" + whole;
        return null;
    }

    /// <summary>Whether the text is a number in E.164.</summary>
    public static bool IsE164(string? text) =>
        text is ['+', not '0', ..] && text.Length - 1 is >= MinDigits and <= MaxDigits && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>A number with its country code: by the plan where we know it, else by its length alone.</summary>
    private static string? OfWhole(string digits)
    {
        var plan = Plans.Values.Where(plan => digits.StartsWith(plan.Code, StringComparison.Ordinal)).MaxBy(plan => plan.Code.Length);
        if (plan is null)
        {
            return digits[0] != '0' && digits.Length is >= MinDigits and <= MaxDigits ? digits : null;
        }

        // +33 (0)6 is common, +33 06 too.
        return OfNational(digits[plan.Code.Length..], plan);
    }

    private static string? OfNational(string digits, Plan plan)
    {
        var national = plan.Trunk.Length > 0 && digits.StartsWith(plan.Trunk, StringComparison.Ordinal) ? digits[plan.Trunk.Length..] : digits;
        var fits = national.Length >= plan.MinDigits && national.Length <= plan.MaxDigits && (plan.Trunk.Length == 0 || national[0] != '0');
        return fits && plan.Code.Length + national.Length is >= MinDigits and <= MaxDigits ? plan.Code + national : null;
    }

    /// <summary>How a country writes its numbers.</summary>
    /// <param name="Code">Its country code.</param>
    /// <param name="Trunk">What stands before a national number and falls away behind the country code; empty for nothing (in Italy the zero stays).</param>
    /// <param name="MinDigits">The shortest national number.</param>
    /// <param name="MaxDigits">The longest.</param>
    private sealed record Plan(string Code, string Trunk, int MinDigits, int MaxDigits);
}
