using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Payments.Amounts;

/// <summary>Cells that a spreadsheet would run instead of show: refused when they come in, made harmless when they go out.</summary>
public static partial class SpreadsheetFormula
{
    /// <summary>Whether the cell begins like a formula (= + - @ tab CR). Signed amounts and telephone numbers are none.</summary>
    public static bool IsIn(string? cell) =>
        cell is { Length: > 0 } && cell[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') && !SignedNumber().IsMatch(cell);

    /// <summary>The cell with an apostrophe before it when a spreadsheet would run it.</summary>
    public static string Neutralise(string cell) => IsIn(cell) ? "'" + cell : cell;

    [GeneratedRegex(@"^[+\-] ?[€£$]?\d[\d .,'\u00A0\u202F]*(?: ?(?:[€£$]|[A-Z]{3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex SignedNumber();
}
