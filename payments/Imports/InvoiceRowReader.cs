using System.Globalization;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Imports;

/// <summary>The rows of a file, each read as an invoice or refused with every rule it breaks. Pure.</summary>
/// <param name="Rows">The rows that can be taken in.</param>
/// <param name="Rejects">The rules that the others break, in the order of the file.</param>
/// <param name="RejectedRows">How many rows are refused.</param>
internal sealed record ReadRows(IReadOnlyList<InvoiceRow> Rows, IReadOnlyList<ImportReject> Rejects, int RejectedRows)
{
    internal static ReadRows Of(InvoiceFile file, string defaultCurrency)
    {
        var rows = new List<InvoiceRow>();
        var rejects = new List<ImportReject>();
        var rejectedRows = 0;
        var lineOfNumber = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var fileRow in file.Rows)
        {
            var (row, broken) = Read(fileRow, defaultCurrency);
            if (row is not null && !lineOfNumber.TryAdd(row.Number, row.Line))
            {
                broken = [Imports.RejectedRows.Of(row.Line, MappingProfile.FieldOf(InvoiceColumn.Number), RuleCodes.NumberDuplicate, row.Number, ("line", lineOfNumber[row.Number].ToString(CultureInfo.InvariantCulture)))];
                row = null;
            }

            if (row is not null)
            {
                rows.Add(row);
                continue;
            }

            rejectedRows++;
            rejects.AddRange(broken);
        }

        return new ReadRows(rows, rejects, rejectedRows);
    }

    private static (InvoiceRow? Row, IReadOnlyList<ImportReject> Rejects) Read(FileRow row, string defaultCurrency)
    {
        if (row.Broken is { } broken)
        {
            return (null, [new ImportReject(row.Line, broken.Field, broken.Code, null, broken.Arguments)]);
        }

        var cells = new CellReader(row);
        var number = cells.Text(InvoiceColumn.Number, ImportLimits.MaxNumber, needed: true);
        var customerNumber = cells.Text(InvoiceColumn.CustomerNumber, ImportLimits.MaxNumber, needed: true);
        var customerName = cells.Text(InvoiceColumn.CustomerName, ImportLimits.MaxName, needed: true);
        var email = cells.Email();
        var amount = cells.Amount(defaultCurrency);
        var issueDate = cells.Date(InvoiceColumn.IssueDate);
        var dueDate = cells.Date(InvoiceColumn.DueDate);
        var language = cells.Language();
        var description = cells.Text(InvoiceColumn.Description, ImportLimits.MaxDescription, needed: false);
        var isBusiness = cells.IsBusiness();
        var scenario = cells.Text(InvoiceColumn.Scenario, ImportLimits.MaxScenario, needed: false);
        var kind = cells.Text(InvoiceColumn.Kind, ImportLimits.MaxKind, needed: false);
        var country = cells.Country();
        var phone = cells.Phone(country ?? InvoiceRow.UsualCountry);
        if (dueDate < issueDate)
        {
            cells.Refuse<string>(InvoiceColumn.DueDate, RuleCodes.DueBeforeIssue);
        }

        if (cells.Rejects.Count > 0 || number is null || customerNumber is null || customerName is null || amount is null || issueDate is null || dueDate is null)
        {
            return (null, cells.Rejects);
        }

        return (new InvoiceRow
        {
            Line = row.Line,
            Number = number,
            CustomerNumber = customerNumber,
            CustomerName = customerName,
            Email = email,
            Amount = amount.Value,
            IssueDate = issueDate.Value,
            DueDate = dueDate.Value,
            Language = language,
            Description = description,
            IsBusiness = isBusiness,
            ScenarioId = scenario,
            Kind = kind?.ToLowerInvariant(),
            Country = country,
            Phone = phone,
        }, []);
    }
}
