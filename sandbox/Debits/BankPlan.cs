using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Sandbox.Debits;

/// <summary>
/// What the debtor's bank does with the debits of a mandate, one after the other; the last one holds from then on.
/// <c>PAID</c> pays, a reason code (<c>AM04</c>) rejects before settlement, <c>PAID&gt;MD06</c> pays and takes back afterwards.
/// <c>AM04 AM04 PAID</c>: fails twice, then pays.
/// </summary>
public static partial class BankPlan
{
    public const string Paid = "PAID";
    public const string Rule = "PAID, a reason code such as AM04, or PAID>MD06, separated by spaces, at most 10";
    private const string ThenReturned = "PAID>";
    private const int MostSteps = 10;

    /// <summary>The plans of the test accounts offered on the page of signing; any other IBAN pays.</summary>
    public static IReadOnlyList<(string Iban, string Plan)> TestAccounts { get; } =
    [
        ("FR1420041010050500013M02606", Paid),
        ("FR7630003000300000000000178", "AM04 AM04 PAID"),
        ("FR7630003000300000000000275", "AM04"),
        ("FR7630003000300000000000372", "MD01"),
        ("FR7630003000300000000000469", "AC04"),
        ("DE89370400440532013000", "PAID>MD06"),
    ];

    public static string Of(string iban) => TestAccounts.FirstOrDefault(account => account.Iban == iban).Plan ?? Paid;

    /// <summary>The plan in one spelling; null when it is none.</summary>
    public static string? Read(string? text)
    {
        var steps = (text ?? "").ToUpperInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return steps.Length is > 0 and <= MostSteps && steps.All(step => Step().IsMatch(step)) ? string.Join(' ', steps) : null;
    }

    /// <summary>The first step of a plan, and the plan that is left.</summary>
    public static (string Step, string Left) Take(string plan)
    {
        var space = plan.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (plan, plan) : (plan[..space], plan[(space + 1)..]);
    }

    public static bool Pays(string step) => step.StartsWith(Paid, StringComparison.Ordinal);

    /// <summary>The reason with which a paid debit is taken back; null when it is not.</summary>
    public static string? ReturnReason(string? step) => step is not null && step.StartsWith(ThenReturned, StringComparison.Ordinal) ? step[ThenReturned.Length..] : null;

    [GeneratedRegex("^(PAID(>[A-Z]{2}[0-9]{2})?|[A-Z]{2}[0-9]{2})$")]
    private static partial Regex Step();
}
