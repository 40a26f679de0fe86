using System.Globalization;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>Reads a text as people wrote it and notes, with its line, each tag that is broken, unknown or never closed. Pure.</summary>
internal sealed partial class TextCheck
{
    private readonly string field;
    private readonly string source;
    private readonly IReadOnlyList<string> values;
    private readonly IReadOnlyList<string> blocks;
    private readonly List<RuleViolation> violations = [];
    private readonly Stack<Opened> open = new();

    private TextCheck(string field, string source, IReadOnlyList<string> values, IReadOnlyList<string> blocks) =>
        (this.field, this.source, this.values, this.blocks) = (field, source, values, blocks);

    /// <summary>The rules that the text breaks, in the order of its lines.</summary>
    /// <param name="field">The field it stands in (<c>html</c>).</param>
    /// <param name="source">The text.</param>
    /// <param name="values">The values it may show.</param>
    /// <param name="blocks">The blocks it may place.</param>
    /// <param name="target">Where it goes.</param>
    internal static IReadOnlyList<RuleViolation> Of(string field, string source, IReadOnlyList<string> values, IReadOnlyList<string> blocks, TextTarget target)
    {
        var check = new TextCheck(field, source, values, blocks);
        if (target == TextTarget.Html)
        {
            check.RefuseUnsafe();
        }

        check.Read();
        return check.violations;
    }

    private void Read()
    {
        foreach (Match tag in AnyTag().Matches(source))
        {
            if (tag.Groups["centralpay"] is { Success: true } centralPay)
            {
                CentralPay(tag, centralPay.Value);
            }
            else if (Form().Match(tag.Value) is { Success: true } form)
            {
                Ours(tag, form);
            }
            else
            {
                Note(RuleCodes.TemplateTagBroken, tag.Index, ("tag", Shown(tag.Value)));
            }
        }

        foreach (var block in open.Reverse())
        {
            Note(RuleCodes.TemplateBlock, block.Index, ("tag", block.Tag));
        }
    }

    private void CentralPay(Match tag, string name)
    {
        if (TextTags.OfCentralPay(name) is not { } ours || (TextTags.Blocks.Contains(ours) && !blocks.Contains(ours)) || IsInList)
        {
            Note(RuleCodes.TemplateTagUnknown, tag.Index, ("tag", tag.Value), ("suggestion", $"#{Nearest(name, TextTags.CentralPay)}#"));
        }
    }

    private void Ours(Match tag, Match form)
    {
        var (word, name) = (form.Groups["word"].Value, form.Groups["name"].Value);
        switch (form.Groups["sign"].Value)
        {
            case "#" when word.Length > 0 && name.Length > 0:
                Known(tag, name, word == "each" ? Lists : [.. Names, .. Lists]);
                open.Push(new Opened(word, name, tag.Value, tag.Index));
                break;
            case "/" when name.Length == 0 && open.TryPeek(out var last) && last.Word == word:
                open.Pop();
                break;
            case "#" or "/":
                Note(RuleCodes.TemplateBlock, tag.Index, ("tag", tag.Value));
                break;
            case "" when word == "else" && name.Length == 0 && open.Count > 0:
                break;
            case "" when word.Length == 0 && name.Length > 0:
                Known(tag, name, [.. Names, .. IsInList ? [] : blocks]);
                break;
            default:
                Note(RuleCodes.TemplateTagBroken, tag.Index, ("tag", Shown(tag.Value)));
                break;
        }
    }

    private bool IsInList => open.Any(block => block.Word == "each");

    /// <summary>Inside a list only the items' own values are seen.</summary>
    private IReadOnlyList<string> Names => IsInList ? TextTags.OfInvoices : values;

    private IReadOnlyList<string> Lists => IsInList ? [] : [TextTags.Invoices];

    private void Known(Match tag, string name, IReadOnlyList<string> known)
    {
        if (!known.Contains(name))
        {
            var nearest = known.Count > 0 ? Nearest(name, known) : TextTags.Invoices;
            Note(RuleCodes.TemplateTagUnknown, tag.Index, ("tag", tag.Value), ("suggestion", "{{" + nearest + "}}"));
        }
    }

    // A message is HTML that people read: nothing in it runs, loads or sends, and a value cannot leave its attribute.
    private void RefuseUnsafe()
    {
        foreach (Match found in Unsafe().Matches(source))
        {
            Note(RuleCodes.TemplateUnsafe, found.Index, ("found", Shown(found.Value)));
        }
    }

    private void Note(string code, int index, params (string Name, string Value)[] arguments) => violations.Add(RuleViolation.Of(
        field, code, [("line", (source.AsSpan(0, index).Count('\n') + 1).ToString(CultureInfo.InvariantCulture)), .. arguments]));

    private static string Shown(string text)
    {
        const int limit = 60;
        var line = TextTemplates.OneLine(text);
        return line.Length > limit ? line[..limit] + "…" : line;
    }

    private static string Nearest(string name, IEnumerable<string> known) => known.MinBy(candidate => Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant()))!;

    /// <summary>How many letters must be put, dropped or changed to make one word of the other (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }

    [GeneratedRegex(@"\{\{.*?\}\}+|\{\{|#(?<centralpay>[A-Z][A-Z0-9_]{3,})#", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex AnyTag();

    [GeneratedRegex(@"^\{\{\s*(?<sign>[#/]?)\s*(?:(?<word>if|unless|each|else)\b)?\s*(?<name>[a-zA-Z][\w.]*)?\s*\}\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"</?(?:script|iframe|object|embed|form|input|meta|base|link|svg)\b|<[a-z][^>]*\son\w+\s*=|javascript:|data:text|<[a-z][^>]*=\s*(?:\{\{|#[A-Z][A-Z0-9_]{3,}#)|<!--", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();

    private sealed record Opened(string Word, string Name, string Tag, int Index);
}
