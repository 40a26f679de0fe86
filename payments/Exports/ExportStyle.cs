using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Exports;

/// <summary>How an exported list is written: for a machine, always the same; for a reader, as their spreadsheet reads it.</summary>
public sealed record ExportStyle
{
    private const string IsoDate = "yyyy-MM-dd";
    private const string IsoInstant = "yyyy-MM-ddTHH:mm:ss.FFFFFFZ";

    /// <summary>For machines: commas, field names as headings, amounts with a point, dates and UTC instants of ISO 8601, codes in snake case.</summary>
    public static ExportStyle Invariant { get; } = new() { Culture = CultureInfo.InvariantCulture, Separator = ',' };

    /// <summary>Whose decimal separator and dates hold; the invariant one for machines.</summary>
    public required CultureInfo Culture { get; init; }

    /// <summary>What stands between two cells.</summary>
    public required char Separator { get; init; }

    /// <summary>Whose clock instants are shown on; UTC for machines.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Whether the file begins with the mark that tells spreadsheets it is UTF-8.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>The reader's word for a code of a kind (<c>invoice.status</c>, <c>Open</c>); null for snake case.</summary>
    public Func<string, string, string>? Word { get; init; }

    /// <summary>The reader's word for a field; null for its name in snake case.</summary>
    public Func<string, string>? Heading { get; init; }

    private bool IsForMachines => ReferenceEquals(Culture, CultureInfo.InvariantCulture);

    /// <summary>For a reader: their language's words, decimals and dates, on the merchant's clock; semicolons where the decimal separator is a comma.</summary>
    public static ExportStyle For(CultureInfo culture, TimeZoneInfo zone, Func<string, string> heading, Func<string, string, string> word)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return new ExportStyle
        {
            Culture = culture,
            Zone = zone,
            Separator = culture.NumberFormat.NumberDecimalSeparator == "," ? ';' : ',',
            ByteOrderMark = true,
            Heading = heading,
            Word = word,
        };
    }

    /// <summary>A field as a heading.</summary>
    public string HeadingOf(string field) => Heading?.Invoke(field) ?? Snake(field);

    /// <summary>An amount in its currency's units, without grouping, so that a spreadsheet takes it for a number.</summary>
    public string Amount(long amountMinor, string currency) =>
        MoneyText.Plain(new Money(amountMinor, currency)).Replace(".", Culture.NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal);

    /// <summary>A day.</summary>
    public string Day(DateOnly day) => IsForMachines ? day.ToString(IsoDate, CultureInfo.InvariantCulture) : day.ToString("d", Culture);

    /// <summary>An instant.</summary>
    public string Instant(DateTimeOffset instant) => IsForMachines
        ? instant.UtcDateTime.ToString(IsoInstant, CultureInfo.InvariantCulture)
        : TimeZoneInfo.ConvertTime(instant, Zone).ToString("g", Culture);

    /// <summary>A code of a kind.</summary>
    public string Code(string kind, string code) => Word?.Invoke(kind, code) ?? Snake(code);

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
