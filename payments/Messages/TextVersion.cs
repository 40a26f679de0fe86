using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>One version of a merchant's own text. Old ones stay: what was sent can be told from what was written then.</summary>
public sealed record TextVersion : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>Template, channel, language and version in one. Unique in a merchant, so that of two people who save at once one is refused.</summary>
    public required string Key { get; init; }

    /// <summary>The template it replaces (<see cref="MessageTemplates"/>).</summary>
    public required string Template { get; init; }

    /// <summary>What it is written for.</summary>
    public required TextChannel Channel { get; init; }

    /// <summary>Its language, ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>The number of the version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Whether it is the newest of its template, channel and language; a newer one clears it.</summary>
    public bool IsCurrent { get; init; } = true;

    /// <summary>Whether it takes the merchant's text back, so that the product's holds again.</summary>
    public bool IsWithdrawal { get; init; }

    /// <summary>The subject; null for none.</summary>
    public string? Subject { get; init; }

    /// <summary>The line behind the subject; null for none.</summary>
    public string? Preheader { get; init; }

    /// <summary>The HTML; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>The text; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>Who saved it.</summary>
    public required string SavedBy { get; init; }

    /// <summary>When (business time).</summary>
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>The text itself.</summary>
    internal TextSource Source => new() { Subject = Subject, Preheader = Preheader, Html = Html, Text = Text };

    internal static string KeyOf(string template, TextChannel channel, string language, int version) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{template}/{channel}/{language}/{version}");
}
