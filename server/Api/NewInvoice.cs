using System.Globalization;
using System.Text;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>One invoice to bring in. It goes the way of a file of one row, so that the same rules hold and the same things follow.</summary>
internal sealed record NewInvoice
{
    public string? Number { get; init; }
    public string? CustomerNumber { get; init; }
    public string? CustomerName { get; init; }
    public string? CustomerEmail { get; init; }

    /// <summary>With its country code, or as the customer's country writes it.</summary>
    public string? CustomerPhone { get; init; }

    /// <summary>ISO 3166-1 alpha-2; France where it is missing.</summary>
    public string? CustomerCountry { get; init; }

    public DateOnly? IssueDate { get; init; }
    public DateOnly? DueDate { get; init; }

    /// <summary>In minor units of the currency.</summary>
    public long? AmountMinor { get; init; }

    public string? Currency { get; init; }
    public string? Description { get; init; }
    public string? Language { get; init; }

    /// <summary>What kind of sale it is, in the merchant's own words.</summary>
    public string? Kind { get; init; }

    /// <summary>The scenario of this invoice; null for the customer's or merchant's.</summary>
    public string? ScenarioId { get; init; }

    public static async Task<IResult> TakeAsync(NewInvoice ask, InvoiceImports imports, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var result = await imports.RunAsync(Encoding.UTF8.GetBytes(ask.AsFile()), "api.csv", null, cancellationToken);
        if (result.Rejected > 0)
        {
            return Problem.Invalid([.. RejectsFile.RejectsOf(result).Select(reject =>
                new RuleViolation(FieldOf(reject.Field), reject.Rule, reject.Arguments ?? new Dictionary<string, string>()))]);
        }

        var number = ask.Number!.Trim();
        var invoice = (await records.ListAsync<Invoice>(row => row.Number == number, 1, cancellationToken)).Single();
        return result.Accepted > 0
            ? Results.Created($"/api/v1/invoices/{invoice.Id}", InvoiceShown.Of(invoice))
            : Results.Ok(InvoiceShown.Of(invoice));
    }

    private string AsFile()
    {
        (string Column, string? Value)[] cells =
        [
            ("Number", Number), ("Customer number", CustomerNumber), ("Customer name", CustomerName), ("E-mail", CustomerEmail), ("Issue date", Day(IssueDate)),
            ("Due date", Day(DueDate)), ("Amount", Amount()), ("Currency", Currency ?? "EUR"), ("Language", Language), ("Description", Description), ("Kind", Kind), ("Scenario", ScenarioId),
            ("Phone", CustomerPhone), ("Country", CustomerCountry),
        ];
        return $"{string.Join(';', cells.Select(cell => cell.Column))}\r\n{string.Join(';', cells.Select(cell => Quoted(cell.Value)))}\r\n";
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Quoted(string? value) => $"\"{(value ?? "").Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string? Amount() => AmountMinor is not { } minor ? null
        : Currencies.IsKnown(Currency ?? "EUR") ? MoneyText.Plain(new Money(minor, Currency ?? "EUR")) : minor.ToString(CultureInfo.InvariantCulture);

    /// <summary>The field as this call names it.</summary>
    private static string FieldOf(string field) => field switch
    {
        "amount" => "amountMinor",
        "email" => "customerEmail",
        "scenario" => "scenarioId",
        "phone" => "customerPhone",
        "country" => "customerCountry",
        _ => field,
    };
}
