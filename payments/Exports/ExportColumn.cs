using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Exports;

/// <summary>One column of an exported list.</summary>
/// <param name="Field">The field, camel case; a reader's word for it stands under <c>field.</c> and its name.</param>
/// <param name="Text">Its cell for a row; empty for nothing.</param>
public sealed record ExportColumn<T>(string Field, Func<T, ExportStyle, string> Text)
{
    /// <summary>A text as it is.</summary>
    public static ExportColumn<T> Of(string field, Func<T, string?> read) => new(field, (row, _) => read(row) ?? "");

    /// <summary>A day.</summary>
    public static ExportColumn<T> Day(string field, Func<T, DateOnly?> read) => new(field, (row, style) => read(row) is { } day ? style.Day(day) : "");

    /// <summary>An instant.</summary>
    public static ExportColumn<T> Instant(string field, Func<T, DateTimeOffset?> read) => new(field, (row, style) => read(row) is { } instant ? style.Instant(instant) : "");

    /// <summary>An amount; its currency is a column of its own.</summary>
    public static ExportColumn<T> Amount(string field, Func<T, Money?> read) => new(field, (row, style) => read(row) is { } money ? style.Amount(money.AmountMinor, money.Currency) : "");

    /// <summary>A code that readers have a word for.</summary>
    /// <param name="field">The field.</param>
    /// <param name="kind">Under which the words stand (<c>message.status</c>).</param>
    /// <param name="read">The code.</param>
    public static ExportColumn<T> Code(string field, string kind, Func<T, string?> read) => new(field, (row, style) => read(row) is { Length: > 0 } code ? style.Code(kind, code) : "");

    /// <summary>Yes or no.</summary>
    public static ExportColumn<T> Flag(string field, Func<T, bool> read) => new(field, (row, style) => style.Code("shell", read(row) ? "yes" : "no"));
}
