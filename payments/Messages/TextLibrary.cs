using CentralPay.Workflows.Payments.Records;

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

    /// <summary>The text of a template in a language; where it was withdrawn meanwhile in English; null where there is none at all.</summary>
    public async Task<TextInForce?> FindAsync(string template, TextChannel channel, string language, CancellationToken cancellationToken = default)
    {
        if (await NewestAsync(template, channel, language, cancellationToken) is { IsWithdrawal: false } own)
        {
            return new TextInForce(own.Source, language, own.Version);
        }

        const string english = "en";
        return MessageTexts.Of(template, channel, language) is { } ours ? new TextInForce(ours, language, null)
            : MessageTexts.Of(template, channel, english) is { } fallback ? new TextInForce(fallback, english, null) : null;
    }

    /// <summary>The languages that a template is written in, the product's and the merchant's.</summary>
    public async Task<IReadOnlyList<string>> LanguagesAsync(MessageTemplate template, TextChannel channel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(template);
        var name = template.Name;
        var own = await records.ListAsync<TextVersion>(text => text.Template == name && text.Channel == channel && text.IsCurrent && !text.IsWithdrawal, MostLanguages, cancellationToken);
        return [.. template.Languages.Concat(own.Select(text => text.Language)).Distinct()];
    }

    /// <summary>The merchant's newest version of a text; null where there never was one.</summary>
    internal async Task<TextVersion?> NewestAsync(string template, TextChannel channel, string language, CancellationToken cancellationToken) =>
        (await records.ListAsync<TextVersion>(text => text.Template == template && text.Channel == channel && text.Language == language && text.IsCurrent, 1, cancellationToken)) is [var newest] ? newest : null;
}
