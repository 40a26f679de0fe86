using System.Globalization;
using System.Net.Mail;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Imports;

/// <summary>Reads the cells of one row, and notes each rule that one of them breaks.</summary>
internal sealed class CellReader(FileRow row)
{
    private static readonly string[] DateFormats =
        ["dd/MM/yyyy", "d/M/yyyy", "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy", "d-M-yyyy", "yyyy-MM-dd", "yyyy/MM/dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy HH:mm:ss"];

    private static readonly HashSet<string> TwoLetterLanguages =
        [.. CultureInfo.GetCultures(CultureTypes.NeutralCultures).Select(culture => culture.TwoLetterISOLanguageName).Where(code => code.Length == 2)];

    private static readonly HashSet<string> TwoLetterCountries =
        [.. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(culture => culture.Name.Split('-')[^1]).Where(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper))];

    private readonly List<ImportReject> rejects = [];

    internal IReadOnlyList<ImportReject> Rejects => rejects;

    /// <summary>A text; a missing one that is needed, one too long, a formula and a card number are refused.</summary>
    internal string? Text(InvoiceColumn column, int limit, bool needed)
    {
        var (raw, cell) = Cell(column);
        if (cell.Length == 0)
        {
            return needed ? Refuse<string>(column, RuleCodes.Required) : null;
        }

        if (SpreadsheetFormula.IsIn(raw) || SpreadsheetFormula.IsIn(cell))
        {
            return Refuse<string>(column, RuleCodes.Formula);
        }

        if (cell.Length > limit)
        {
            return Refuse<string>(column, RuleCodes.TooLong, ("limit", limit.ToString(CultureInfo.InvariantCulture)));
        }

        return CardNumber.IsIn(cell) ? Refuse<string>(column, RuleCodes.CardNumber) : cell;
    }

    internal string? Email()
    {
        var text = Text(InvoiceColumn.Email, ImportLimits.MaxEmail, needed: false);
        return text is null || IsAddress(text) ? text : Refuse<string>(InvoiceColumn.Email, RuleCodes.EmailInvalid);
    }

    /// <summary>A telephone as E.164; one that does not fit its country's plan is refused.</summary>
    internal string? Phone(string country)
    {
        var text = Text(InvoiceColumn.Phone, ImportLimits.MaxNumber, needed: false);
        if (text is null)
        {
            return null;
        }

        return PhoneNumber.TryRead(text, country, out var number) is { } broken ? Refuse<string>(InvoiceColumn.Phone, broken, ("country", country)) : number;
    }

    internal string? Country()
    {
        var text = Text(InvoiceColumn.Country, ImportLimits.MaxNumber, needed: false)?.ToUpperInvariant();
        return text is null || IsCountry(text) ? text : Refuse<string>(InvoiceColumn.Country, RuleCodes.CountryUnknown);
    }

    /// <summary>Whether the text is a language of ISO 639-1.</summary>
    internal static bool IsLanguage(string? code) => code is not null && TwoLetterLanguages.Contains(code);

    internal Money? Amount(string defaultCurrency)
    {
        var currency = Text(InvoiceColumn.Currency, ImportLimits.MaxNumber, needed: false)?.ToUpperInvariant() ?? (IsRefused(InvoiceColumn.Currency) ? null : defaultCurrency);
        if (currency is not null && !Currencies.IsKnown(currency))
        {
            currency = Refuse<string>(InvoiceColumn.Currency, RuleCodes.CurrencyUnknown);
        }

        var (raw, cell) = Cell(InvoiceColumn.Amount);
        if (SpreadsheetFormula.IsIn(raw) || SpreadsheetFormula.IsIn(cell))
        {
            Refuse<string>(InvoiceColumn.Amount, RuleCodes.Formula);
            return null;
        }

        var broken = AmountReader.TryRead(cell, currency ?? defaultCurrency, null, out var money);
        broken ??= money.AmountMinor < 0 ? RuleCodes.AmountNegative : money.IsZero ? RuleCodes.AmountZero : null;
        if (cell.Length == 0)
        {
            broken = RuleCodes.Required;
        }

        // With an unknown currency only the currency is wrong; its decimals are anybody's guess.
        if (broken is not null && (currency is not null || broken is not (RuleCodes.AmountDecimals or RuleCodes.AmountAmbiguous or RuleCodes.AmountTooLarge)))
        {
            var violation = AmountReader.Broken("", broken, currency ?? defaultCurrency);
            Refuse<string>(InvoiceColumn.Amount, broken, [.. violation.Arguments.Select(argument => (argument.Key, argument.Value))]);
        }

        return broken is null && currency is not null ? money : null;
    }

    internal DateOnly? Date(InvoiceColumn column)
    {
        var text = Text(column, ImportLimits.MaxNumber, needed: true);
        if (text is null)
        {
            return null;
        }

        if (!DateTime.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
        {
            Refuse<string>(column, RuleCodes.DateUnreadable);
            return null;
        }

        var day = DateOnly.FromDateTime(instant);
        if (DateRules.Broken("", day) is { } broken)
        {
            Refuse<string>(column, broken.Code, [.. broken.Arguments.Select(argument => (argument.Key, argument.Value))]);
            return null;
        }

        return day;
    }

    internal string? Language()
    {
        var text = Text(InvoiceColumn.Language, ImportLimits.MaxNumber, needed: false);
        if (text is null)
        {
            return null;
        }

        var code = CellWords.Languages.GetValueOrDefault(text) ?? text.Split('-', '_')[0].ToLowerInvariant();
        return TwoLetterLanguages.Contains(code) ? code : Refuse<string>(InvoiceColumn.Language, RuleCodes.LanguageUnknown);
    }

    internal bool? IsBusiness()
    {
        var text = Text(InvoiceColumn.Segment, ImportLimits.MaxNumber, needed: false);
        if (text is null)
        {
            return null;
        }

        if (CellWords.Segments.TryGetValue(text, out var segment))
        {
            return segment == "business";
        }

        Refuse<string>(InvoiceColumn.Segment, RuleCodes.SegmentUnknown);
        return null;
    }

    internal T? Refuse<T>(InvoiceColumn column, string rule, params (string Name, string Value)[] arguments)
        where T : class
    {
        rejects.Add(RejectedRows.Of(row.Line, MappingProfile.FieldOf(column), rule, Cell(column).Trimmed, arguments));
        return null;
    }

    private static bool IsCountry(string code) => TwoLetterCountries.Contains(code);

    private bool IsRefused(InvoiceColumn column) => rejects.Exists(reject => reject.Field == MappingProfile.FieldOf(column));

    private (string Raw, string Trimmed) Cell(InvoiceColumn column)
    {
        var raw = row.Cells.GetValueOrDefault(column, "");
        return (raw, raw.Trim());
    }

    private static bool IsAddress(string text) =>
        MailAddress.TryCreate(text, out var address) && address.Address == text && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))
        && address.Host.Contains('.', StringComparison.Ordinal) && !address.Host.StartsWith('.') && !address.Host.EndsWith('.') && !address.Host.Contains("..", StringComparison.Ordinal);
}

/// <summary>Makes rejects whose values are safe to keep and show.</summary>
internal static class RejectedRows
{
    internal static ImportReject Of(int line, string field, string rule, string? value, params (string Name, string Value)[] arguments)
    {
        var scrubbed = Amounts.CardNumber.Scrub(value) ?? "";
        var shown = scrubbed.Length > ImportLimits.MaxShownCharacters ? scrubbed[..ImportLimits.MaxShownCharacters] + "…" : scrubbed;
        return new ImportReject(line, field, rule, shown.Length == 0 ? null : shown, arguments.Length == 0 ? null : arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
    }
}
