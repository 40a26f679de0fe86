using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>A text with its tags, compiled for what it is written for.</summary>
internal sealed partial class CompiledText
{
    // What is beyond is compiled again when it is needed: a merchant who edits all day fills no memory.
    private const int MostKept = 2000;

    private static readonly ConcurrentDictionary<(TextSource Source, TextChannel Channel), CompiledText> Compiled = new();

    private static readonly Dictionary<(string Name, TextTarget Target), Filling> Layouts = new[] { "message", "invoices", "button", "qr", "transfer" }
        .SelectMany(name => new[] { (name, TextTarget.Html, "html"), (name, TextTarget.Plain, "txt") })
        .ToDictionary(layout => (layout.name, layout.Item2), layout => new Filling(TextTemplates.CompileTrusted(MessageTexts.Layout($"{layout.name}.{layout.Item3}.hbs"), layout.Item2)));

    private static readonly Filling SmsLayout = new(TextTemplates.CompileTrusted(MessageTexts.Layout("sms.html.hbs"), TextTarget.Html));

    private readonly Filling subject;
    private readonly Filling preheader;
    private readonly Filling html;
    private readonly Filling text;
    private readonly bool isWholeDocument;

    private CompiledText(TextSource source, TextChannel channel)
    {
        subject = Fill(source.Subject, TextTarget.Plain);
        preheader = Fill(source.Preheader, TextTarget.Html);
        html = Fill(source.Html is null ? null : Styled(source.Html), TextTarget.Html);
        text = Fill(source.Text ?? TextOf(source.Html), channel == TextChannel.Json ? TextTarget.Json : TextTarget.Plain);
        isWholeDocument = source.Html is not null && source.Html.Contains("<html", StringComparison.OrdinalIgnoreCase);
    }

    internal static CompiledText Of(TextSource source, TextChannel channel)
    {
        if (Compiled.Count > MostKept)
        {
            Compiled.Clear();
        }

        return Compiled.GetOrAdd((source, channel), static key => new CompiledText(key.Source, key.Channel));
    }

    /// <summary>An e-mail in its frame.</summary>
    internal ComposedMessage Email(MessageFacts facts, string language, int maxSubject)
    {
        var plain = Values(facts, language, TextTarget.Plain);
        var rich = Values(facts, language, TextTarget.Html);
        var title = TextTemplates.OneLine(subject.With(plain));
        title = title.Length > maxSubject ? title[..maxSubject] : title;
        var inside = html.With(rich);
        var body = isWholeDocument ? inside : Framed(TextTarget.Html, rich, inside, title);
        var code = facts.Link is { } link && body.Contains("cid:" + MessageComposer.QrContentId, StringComparison.Ordinal) ? link : null;
        return new ComposedMessage
        {
            Subject = title,
            Html = body,
            Text = Framed(TextTarget.Plain, plain, Blank().Replace(text.With(plain), "\n\n").Trim(), title),
            InlineImages = code is null ? [] : [new InlineImage(MessageComposer.QrContentId, Qr.QrImage.Png(code))],
        };
    }

    /// <summary>An SMS, in characters that cost no more than they must.</summary>
    internal ComposedMessage Sms(MessageFacts facts, string language, int maxSubject)
    {
        var said = SmsText.Plain(text.With(Values(facts, language, TextTarget.Plain))).ReplaceLineEndings("\n").Trim();
        said = said.Length > SmsText.MaxCharacters ? said[..SmsText.MaxCharacters] : said;
        var line = TextTemplates.OneLine(said);
        return new ComposedMessage
        {
            Subject = line.Length > maxSubject ? line[..maxSubject] : line,
            Html = SmsLayout.With(new Dictionary<string, object?> { ["language"] = language, ["text"] = said }),
            Text = said,
            InlineImages = [],
            Segments = SmsText.SizeOf(said).Segments,
        };
    }

    /// <summary>A JSON document.</summary>
    internal string Json(IReadOnlyDictionary<string, object?> values) => text.With(values);

    private string Framed(TextTarget target, Dictionary<string, object?> values, string body, string title) =>
        Layouts[("message", target)].With(new Dictionary<string, object?>(values) { ["body"] = body, ["preheader"] = target == TextTarget.Html ? preheader.With(values) : "", ["subject"] = title });

    /// <summary>What the message may speak of, with the blocks drawn.</summary>
    private static Dictionary<string, object?> Values(MessageFacts facts, string language, TextTarget target)
    {
        var values = facts.Values(language);
        values["language"] = language;
        values["words"] = MessageTexts.WordsOf(language);
        values["qr"] = MessageComposer.QrContentId;
        var invoice = new Dictionary<string, object?>((Dictionary<string, object?>)values["invoice"]!) { ["table"] = Drawn("invoices", target, values) };
        var payment = new Dictionary<string, object?>((Dictionary<string, object?>)values["payment"]!)
        {
            ["button"] = target == TextTarget.Html ? Styled(Drawn("button", target, values)) : Drawn("button", target, values),
            ["qr"] = Drawn("qr", target, values),
            ["transfer"] = Drawn("transfer", target, values),
        };
        values["invoice"] = invoice;
        values["payment"] = payment;
        return values;
    }

    private static string Drawn(string layout, TextTarget target, Dictionary<string, object?> values) => Layouts[(layout, target)].With(values).Trim();

    private static Filling Fill(string? source, TextTarget target) =>
        string.IsNullOrEmpty(source) ? new Filling(static _ => "") : new Filling(TextTemplates.CompileTrusted(TextTags.Translated(source, target), target));

    /// <summary>Plain elements in our look: mail programs read the style of an element, few that of a sheet.</summary>
    private static string Styled(string source) => source
        .Replace("<h1>", """<h1 class="ink" style="margin:0 0 16px;font-size:20px;line-height:28px;color:#1b2430;">""", StringComparison.OrdinalIgnoreCase)
        .Replace("<h2>", """<h2 class="ink" style="margin:0 0 12px;font-size:16px;line-height:24px;color:#1b2430;">""", StringComparison.OrdinalIgnoreCase)
        .Replace("<p>", """<p class="ink" style="margin:0 0 12px;font-size:15px;line-height:23px;color:#1b2430;">""", StringComparison.OrdinalIgnoreCase)
        .Replace("<ul>", """<ul class="ink" style="margin:0 0 12px;padding-left:20px;font-size:15px;line-height:23px;color:#1b2430;">""", StringComparison.OrdinalIgnoreCase)
        .Replace(
            "<a class=\"button\" ",
            """<a class="button" style="display:inline-block;margin:8px 0;padding:13px 26px;background:#3b4fe0;border-radius:8px;font-size:15px;font-weight:600;color:#ffffff;text-decoration:none;text-align:center;" """,
            StringComparison.OrdinalIgnoreCase);

    /// <summary>The words of the HTML, a line for each block, for who reads no HTML.</summary>
    private static string? TextOf(string? html)
    {
        if (html is null)
        {
            return null;
        }

        var linked = Anchor().Replace(html, static link => $"{link.Groups["words"].Value} {link.Groups["address"].Value}");
        var lines = BlockEnd().Replace(Hidden().Replace(linked, ""), "\n\n");
        return WebUtility.HtmlDecode(Element().Replace(LineBreak().Replace(lines, "\n"), ""));
    }

    [GeneratedRegex("""<a\b[^>]*\bhref="(?<address>[^"]*)"[^>]*>(?<words>.*?)</a>""", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"<(?:style|head|title)\b.*?</(?:style|head|title)>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"</(?:p|h\d|ul|ol|table|div)>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BlockEnd();

    [GeneratedRegex(@"<br\s*/?>|</(?:li|tr)>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LineBreak();

    [GeneratedRegex("<[^>]+>", RegexOptions.CultureInvariant)]
    private static partial Regex Element();

    [GeneratedRegex(@"(?:[ \t]*\n){3,}", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();

    /// <summary>A compiled template.</summary>
    private sealed record Filling(Func<IReadOnlyDictionary<string, object?>, string> With);
}
