using System.Text;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Rules;
using HandlebarsDotNet;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>Where a text goes, and so how its values are encoded.</summary>
public enum TextTarget
{
    /// <summary>Plain text: values as they are.</summary>
    Plain,

    /// <summary>HTML: values encoded.</summary>
    Html,

    /// <summary>JSON: values as the inside of a JSON string.</summary>
    Json,
}

/// <summary>
/// Texts with values, in Handlebars: values by name, <c>if</c>, <c>unless</c> and <c>each</c>, and nothing else. No partials, no
/// helpers, no unencoded values, so that a template can do no more than show what it is given.
/// </summary>
public static partial class TextTemplates
{
    private static readonly IHandlebars Html = Engine(new HtmlValues());
    private static readonly IHandlebars Plain = Engine(null);
    private static readonly IHandlebars Json = Engine(new JsonValues());

    /// <summary>A text ready to be filled with values; throws <see cref="RuleViolationException"/> for one that is broken or does more than it may.</summary>
    /// <param name="source">The template.</param>
    /// <param name="target">Where it goes.</param>
    public static Func<IReadOnlyDictionary<string, object?>, string> Compile(string source, TextTarget target)
    {
        ArgumentNullException.ThrowIfNull(source);
        foreach (Match tag in Tag().Matches(source))
        {
            if (!Allowed().IsMatch(tag.Value))
            {
                throw RuleViolationException.Of("template", RuleCodes.TemplateBroken, ("reason", tag.Value), ("line", LineOf(source, tag.Index)));
            }
        }

        return CompileTrusted(source, target);
    }

    /// <summary>A text of our own, which may also place what is encoded already.</summary>
    internal static Func<IReadOnlyDictionary<string, object?>, string> CompileTrusted(string source, TextTarget target)
    {
        try
        {
            var engine = target switch { TextTarget.Html => Html, TextTarget.Json => Json, _ => Plain };
            var compiled = engine.Compile(source);
            return values => compiled(values);
        }
        catch (HandlebarsException broken)
        {
            throw RuleViolationException.Of("template", RuleCodes.TemplateBroken, ("reason", broken.Message));
        }
    }

    /// <summary>A text in one line, for subjects: line breaks and other control characters become spaces.</summary>
    public static string OneLine(string text) => Spaces().Replace(new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]), " ").Trim();

    private static IHandlebars Engine(ITextEncoder? encoder) => Handlebars.Create(new HandlebarsConfiguration
    {
        TextEncoder = encoder,
        NoEscape = encoder is null,
        ThrowOnUnresolvedBindingExpression = true,
    });

    private static string LineOf(string source, int index) => (source.AsSpan(0, index).Count('\n') + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{\{.*?\}\}+", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^\{\{\s*(?:[#/](?:if|unless|each)(?:\s+(?:this|[a-zA-Z][\w.]*))?|else|this|[a-zA-Z][\w.]*)\s*\}\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();

    [GeneratedRegex(" {2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    /// <summary>Encodes values letter by letter.</summary>
    private abstract class Values : ITextEncoder
    {
        public IFormatProvider? FormatProvider { get; set; }

        public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

        public void Encode(string? text, TextWriter target) => Encode((text ?? "").AsEnumerable().GetEnumerator(), target);

        public void Encode<T>(T? text, TextWriter target)
            where T : IEnumerator<char>
        {
            while (text is not null && text.MoveNext())
            {
                if (Encoded(text.Current) is { } encoded)
                {
                    target.Write(encoded);
                }
                else
                {
                    target.Write(text.Current);
                }
            }
        }

        /// <summary>What stands for the letter; null for the letter itself.</summary>
        protected abstract string? Encoded(char letter);
    }

    private sealed class HtmlValues : Values
    {
        protected override string? Encoded(char letter) =>
            letter switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", '\'' => "&#39;", _ => null };
    }

    private sealed class JsonValues : Values
    {
        protected override string? Encoded(char letter) => letter switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < ' ' or '\u2028' or '\u2029' => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
            _ => null,
        };
    }
}
