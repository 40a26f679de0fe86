using System.Globalization;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Designer.Words;

/// <summary>Says which rule was broken in a person's language. Pages show it beside the field, the API puts it in problem details.</summary>
public interface IRuleWords
{
    /// <summary>The sentence for a violation's code, its arguments filled in; the code itself where nobody worded it.</summary>
    /// <param name="code">The rule (<c>amount-negative</c>).</param>
    /// <param name="arguments">The values the sentence names.</param>
    /// <param name="culture">The reader's language; the current one where null.</param>
    string Say(string code, IReadOnlyDictionary<string, string>? arguments = null, CultureInfo? culture = null);

    /// <summary>The sentence for a violation.</summary>
    string Say(RuleViolation violation, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(violation);
        return Say(violation.Code, violation.Arguments, culture);
    }
}

/// <summary>The rules' words from <c>Words/rules.*.json</c>.</summary>
public sealed partial class RuleWords : IRuleWords
{
    /// <inheritdoc />
    public string Say(string code, IReadOnlyDictionary<string, string>? arguments = null, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        var words = Find($"rule.{code}", culture) ?? Find($"problem.{code}", culture);
        return words is null
            ? code
            : Place().Replace(words, place => Argument(place.Groups[1].Value, arguments?.GetValueOrDefault(place.Groups[1].Value) ?? "", culture));
    }

    // What is wrong with a scenario has the words of the designer.
    private static string? Find(string key, CultureInfo? culture) =>
        PhraseBook.Of(culture ?? CultureInfo.CurrentUICulture).Find(key) ?? PhraseBook.Of(CultureInfo.InvariantCulture).Find(key);

    // Columns are named by their field's code, kinds of values by their type: people know both by a word.
    private static string Argument(string name, string value, CultureInfo? culture)
    {
        var book = PhraseBook.Of(culture ?? CultureInfo.CurrentUICulture);
        return name switch
        {
            "columns" or "column" => string.Join(", ", value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(field => book.Find($"field.{field}") ?? field)),
            "kind" => book.ValueKind(value),
            _ => value,
        };
    }

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
