using System.Collections.Concurrent;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>A text of the product, compiled once for HTML and once for plain text.</summary>
internal sealed class CompiledText
{
    private static readonly ConcurrentDictionary<(string Template, string Language), CompiledText> Compiled = new();

    private static readonly Dictionary<TextTarget, Func<IReadOnlyDictionary<string, object?>, string>> Layouts = new()
    {
        [TextTarget.Html] = TextTemplates.CompileTrusted(MessageTexts.Layout("message.html.hbs"), TextTarget.Html),
        [TextTarget.Plain] = TextTemplates.CompileTrusted(MessageTexts.Layout("message.txt.hbs"), TextTarget.Plain),
    };

    private readonly string language;
    private readonly Dictionary<TextTarget, Parts> parts;

    private CompiledText(string language, MessageText text)
    {
        this.language = language;
        Subject = TextTemplates.Compile(text.Subject, TextTarget.Plain);
        HasButton = text.Button is not null;
        parts = Enum.GetValues<TextTarget>().ToDictionary(target => target, target => new Parts(text, target));
    }

    internal Func<IReadOnlyDictionary<string, object?>, string> Subject { get; }

    internal bool HasButton { get; }

    internal static CompiledText Of(string template, string language) =>
        Compiled.GetOrAdd((template, language), key => new CompiledText(key.Language, MessageTexts.Of(key.Template, key.Language)));

    /// <summary>The whole text in its layout.</summary>
    internal string Fill(TextTarget target, IReadOnlyDictionary<string, object?> values, string? link)
    {
        var text = parts[target];
        var all = new Dictionary<string, object?>(values)
        {
            ["language"] = language,
            ["words"] = MessageTexts.WordsOf(language),
            ["link"] = link,
            ["qr"] = MessageComposer.QrContentId,
            ["preheader"] = text.Preheader(values),
            ["heading"] = text.Heading(values),
            ["paragraphs"] = text.Paragraphs.Select(paragraph => paragraph(values)).ToArray(),
            ["closing"] = text.Closing.Select(paragraph => paragraph(values)).ToArray(),
            ["button"] = text.Button?.Invoke(values),
        };
        return Layouts[target](all);
    }

    private sealed class Parts(MessageText text, TextTarget target)
    {
        internal Func<IReadOnlyDictionary<string, object?>, string> Preheader { get; } = TextTemplates.Compile(text.Preheader, target);

        internal Func<IReadOnlyDictionary<string, object?>, string> Heading { get; } = TextTemplates.Compile(text.Heading, target);

        internal Func<IReadOnlyDictionary<string, object?>, string>[] Paragraphs { get; } = [.. text.Paragraphs.Select(paragraph => TextTemplates.Compile(paragraph, target))];

        internal Func<IReadOnlyDictionary<string, object?>, string>[] Closing { get; } = [.. text.Closing.Select(paragraph => TextTemplates.Compile(paragraph, target))];

        internal Func<IReadOnlyDictionary<string, object?>, string>? Button { get; } = text.Button is null ? null : TextTemplates.Compile(text.Button, target);
    }
}
