using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>A text that holds, and where it comes from.</summary>
/// <param name="Source">The text.</param>
/// <param name="Language">The language it is written in, ISO 639-1.</param>
/// <param name="Version">The version of the merchant's own; null for the product's.</param>
public sealed record TextInForce(TextSource Source, string Language, int? Version);

/// <summary>The texts that hold for a merchant: their own where they wrote one, else the product's. Scoped to a merchant.</summary>
public sealed class TextLibrary(IMerchantRecords records)
{
    // There are not two hundred languages with a code of two letters.
    private const int MostLanguages = 200;
    private const string English = "en";

    /// <summary>
    /// The text of a template in a language; where there is none, in English; of a merchant's own template in any language it is
    /// written in. Null where the channel has no text at all.
    /// </summary>
    public async Task<TextInForce?> FindAsync(string template, TextChannel channel, string language, CancellationToken cancellationToken = default)
    {
        if (await NewestAsync(template, channel, language, cancellationToken) is { IsWithdrawal: false } own)
        {
            return new TextInForce(own.Source, language, own.Version);
        }

        if (OwnTemplates.Find(template) is not null)
        {
            var written = await WrittenAsync(template, channel, cancellationToken);
            return (written.FirstOrDefault(text => text.Language == English) ?? (written is [var first, ..] ? first : null)) is { } other ? new TextInForce(other.Source, other.Language, other.Version) : null;
        }

        return MessageTexts.Of(template, channel, language) is { } ours ? new TextInForce(ours, language, null)
            : MessageTexts.Of(template, channel, English) is { } fallback ? new TextInForce(fallback, English, null) : null;
    }

    /// <summary>The languages that a template is written in, the product's and the merchant's; none where a merchant's own has no text for the channel.</summary>
    public async Task<IReadOnlyList<string>> LanguagesAsync(MessageTemplate template, TextChannel channel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(template);
        var own = (await WrittenAsync(template.Name, channel, cancellationToken)).Select(text => text.Language);
        return OwnTemplates.Find(template.Name) is null ? [.. template.Languages.Concat(own).Distinct()] : [.. own];
    }

    /// <summary>Why nothing can be sent of a template that has no text for a channel.</summary>
    internal static RuleViolationException NotWritten(string template, TextChannel channel, string language) =>
        RuleViolationException.Of("template", RuleCodes.TemplateNotWritten, ("template", template), ("channel", channel.ToString()), ("language", language));

    private async Task<IReadOnlyList<TextVersion>> WrittenAsync(string template, TextChannel channel, CancellationToken cancellationToken) =>
        [.. (await records.ListAsync<TextVersion>(text => text.Template == template && text.Channel == channel && text.IsCurrent && !text.IsWithdrawal, MostLanguages, cancellationToken)).OrderBy(text => text.Language, StringComparer.Ordinal)];

    /// <summary>The merchant's newest version of a text; null where there never was one.</summary>
    internal async Task<TextVersion?> NewestAsync(string template, TextChannel channel, string language, CancellationToken cancellationToken) =>
        (await records.ListAsync<TextVersion>(text => text.Template == template && text.Channel == channel && text.Language == language && text.IsCurrent, 1, cancellationToken)) is [var newest] ? newest : null;
}
