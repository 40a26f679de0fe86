using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Imports;

/// <summary>One invoice of a file, read and checked.</summary>
public sealed record InvoiceRow
{
    /// <summary>Whose numbering plan holds for telephones where the file names no country.</summary>
    public const string UsualCountry = "FR";

    /// <summary>The line of the file it begins on; the heading is line 1.</summary>
    public required int Line { get; init; }

    /// <summary>The invoice's number.</summary>
    public required string Number { get; init; }

    /// <summary>The customer's number.</summary>
    public required string CustomerNumber { get; init; }

    /// <summary>The customer's name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address; null when the cell is empty.</summary>
    public string? Email { get; init; }

    /// <summary>The amount, above zero.</summary>
    public required Money Amount { get; init; }

    /// <summary>The day it was issued.</summary>
    public required DateOnly IssueDate { get; init; }

    /// <summary>The last day to pay it.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The customer's language, ISO 639-1; null when the file does not say.</summary>
    public string? Language { get; init; }

    /// <summary>What it is for; null when the file does not say.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the customer is a business; null when the file does not say.</summary>
    public bool? IsBusiness { get; init; }

    /// <summary>The scenario of this invoice; null for the customer's or merchant's.</summary>
    public string? ScenarioId { get; init; }

    /// <summary>What kind of sale it is, in lower case; null when the file does not say.</summary>
    public string? Kind { get; init; }

    /// <summary>The customer's country, ISO 3166-1 alpha-2; null when the file does not say.</summary>
    public string? Country { get; init; }

    /// <summary>The customer's telephone in E.164; null when the cell is empty.</summary>
    public string? Phone { get; init; }
}

/// <summary>A rule that a row of a file breaks.</summary>
/// <param name="Line">The line the row begins on.</param>
/// <param name="Field">The field (<c>amount</c>), or <c>row</c>.</param>
/// <param name="Rule">The rule (<see cref="RuleCodes"/>).</param>
/// <param name="Value">The cell, cut, with card numbers masked; null where there is none.</param>
/// <param name="Arguments">Values that the rule's text shows; null for none.</param>
public sealed record ImportReject(int Line, string Field, string Rule, string? Value, IReadOnlyDictionary<string, string>? Arguments = null);

/// <summary>What a correction changed.</summary>
/// <param name="Line">The line of the file.</param>
/// <param name="Number">The invoice's number.</param>
/// <param name="Field">The field that changed (<c>amount</c>, <c>dueDate</c>, <c>issueDate</c>, <c>description</c>).</param>
/// <param name="Before">What it was.</param>
/// <param name="After">What it is.</param>
public sealed record ImportCorrection(int Line, string Number, string Field, string Before, string After);
