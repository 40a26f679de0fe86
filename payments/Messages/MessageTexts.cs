using System.Collections.Concurrent;
using System.Reflection;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>The texts that come with the product, from the files in <c>Messages/Texts</c>, one folder a language.</summary>
internal static class MessageTexts
{
    private const string Fallback = "en";

    private static readonly ConcurrentDictionary<(string Template, TextChannel Channel, string Language), TextSource?> Texts = new();
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Labels = new();

    /// <summary>The product's text; null where there is none for the channel in the language.</summary>
    internal static TextSource? Of(string template, TextChannel channel, string language) => Texts.GetOrAdd((template, channel, language), static key => Read(key.Template, key.Channel, key.Language));

    /// <summary>The words of the layout in a language, English where nobody wrote them.</summary>
    internal static IReadOnlyDictionary<string, string> WordsOf(string language) =>
        Labels.GetOrAdd(language, static key => DomainJson.Read<Dictionary<string, string>>(TryFile($"Texts.{key}.words.json") ?? File($"Texts.{Fallback}.words.json")));

    internal static string Layout(string name) => File($"Layout.{name}");

    private static TextSource? Read(string template, TextChannel channel, string language)
    {
        if (channel == TextChannel.Json)
        {
            return TryFile($"Texts.{language}.callback.json.hbs") is { } document ? new TextSource { Text = document } : null;
        }

        return TryFile($"Texts.{language}.{template}.json") is not { } file ? null : DomainJson.Read<MessageText>(file) switch
        {
            var text when channel == TextChannel.Email => text.AsEmail(),
            { Sms: { } sms } => new TextSource { Text = sms },
            _ => null,
        };
    }

    private static string File(string name) => TryFile(name) ?? throw new InvalidOperationException($"The text '{name}' is not there.");

    private static string? TryFile(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{typeof(MessageTexts).Namespace}.{name}");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>One text of the product in one language: each value a small Handlebars template.</summary>
internal sealed record MessageText
{
    public required string Subject { get; init; }

    public required string Preheader { get; init; }

    public required string Heading { get; init; }

    public required IReadOnlyList<string> Paragraphs { get; init; }

    public required IReadOnlyList<string> Closing { get; init; }

    /// <summary>The words on the button; null for a message without one.</summary>
    public string? Button { get; init; }

    /// <summary>The same as an SMS; null where it is none.</summary>
    public string? Sms { get; init; }

    /// <summary>The text as people edit it.</summary>
    public TextSource AsEmail()
    {
        string[] html =
        [
            $"<h1>{Encoded(Heading)}</h1>",
            .. Paragraphs.Select(paragraph => $"<p>{Encoded(paragraph)}</p>"),
            "{{invoice.table}}",
            .. Button is null ? [] : new[] { $"{{{{#if payment.link}}}}<p><a class=\"button\" href=\"{{{{payment.link}}}}\">{Encoded(Button)}</a></p>{{{{/if}}}}", "{{payment.qr}}", "{{payment.transfer}}" },
            .. Closing.Select(paragraph => $"<p>{Encoded(paragraph)}</p>"),
        ];
        string[] text =
        [
            Heading,
            .. Paragraphs,
            "{{invoice.table}}",
            .. Button is null ? [] : new[] { $"{{{{#if payment.link}}}}{Button} {{{{payment.link}}}}{{{{/if}}}}", "{{payment.transfer}}" },
            string.Join('\n', Closing),
        ];
        return new TextSource { Subject = Subject, Preheader = Encoded(Preheader), Html = string.Join('\n', html), Text = string.Join("\n\n", text) };
    }

    // Words may hold a quotation mark or an ampersand; tags hold none of them.
    private static string Encoded(string words) => words
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
