using System.Collections.Concurrent;
using System.Reflection;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>The texts that come with the product, from the files in <c>Messages/Texts</c>, one folder a language.</summary>
internal static class MessageTexts
{
    private static readonly ConcurrentDictionary<(string Template, string Language), MessageText> Texts = new();
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Labels = new();

    internal static MessageText Of(string template, string language) =>
        Texts.GetOrAdd((template, language), key => DomainJson.Read<MessageText>(File($"Texts.{key.Language}.{key.Template}.json")));

    /// <summary>The words of the layout in a language.</summary>
    internal static IReadOnlyDictionary<string, string> WordsOf(string language) =>
        Labels.GetOrAdd(language, key => DomainJson.Read<Dictionary<string, string>>(File($"Texts.{key}.words.json")));

    internal static string Layout(string name) => File($"Layout.{name}");

    private static string File(string name)
    {
        var full = $"{typeof(MessageTexts).Namespace}.{name}";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(full)
            ?? throw new InvalidOperationException($"The text '{full}' is not there.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>One text in one language: each value a small Handlebars template.</summary>
internal sealed record MessageText
{
    public required string Subject { get; init; }

    public required string Preheader { get; init; }

    public required string Heading { get; init; }

    public required IReadOnlyList<string> Paragraphs { get; init; }

    public required IReadOnlyList<string> Closing { get; init; }

    /// <summary>The words on the button; null for a message without one.</summary>
    public string? Button { get; init; }
}
