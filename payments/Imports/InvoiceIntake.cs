using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Imports;

/// <summary>What one batch of rows led to.</summary>
internal sealed record IntakeResult(int Accepted, int Corrected, int Unchanged, IReadOnlyList<ImportReject> Rejects, IReadOnlyList<ImportCorrection> Corrections);

/// <summary>Takes checked rows into the books, a batch at a time: two queries for a batch, none for a row.</summary>
public sealed class InvoiceIntake(IMerchantRecords records, TimeProvider time, InvoiceSettlement settlement, SplitBook splits)
{
    private const string DateFormat = "yyyy-MM-dd";

    internal async Task<IntakeResult> TakeAsync(IReadOnlyList<InvoiceRow> rows, Merchant merchant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var numbers = rows.Select(row => row.Number).ToList();
        var known = (await records.ListAsync<Invoice>(invoice => numbers.Contains(invoice.Number), numbers.Count, cancellationToken)).ToDictionary(invoice => invoice.Number, StringComparer.Ordinal);
        var customers = await CustomerIntake.OfAsync(rows, records, merchant, now, cancellationToken);

        var (accepted, corrected, unchanged) = (0, 0, 0);
        var rejects = new List<ImportReject>();
        var corrections = new List<ImportCorrection>();
        var paid = new List<Invoice>();
        var repriced = new List<Guid>();
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.Number, out var invoice))
            {
                Add(row, customers.Take(row), merchant, now);
                accepted++;
                continue;
            }

            if (Against(row, invoice, customers.Known(row)) is { } against)
            {
                rejects.Add(against);
                continue;
            }

            customers.Take(row);
            var changes = Changes(row, invoice);
            corrections.AddRange(changes);
            (corrected, unchanged) = changes.Count > 0 ? (corrected + 1, unchanged) : (corrected, unchanged + 1);
            if (row.Amount != invoice.Amount)
            {
                repriced.Add(invoice.Id);
            }

            if (changes.Count > 0 && Correct(row, invoice, changes, now) is { Status: InvoiceStatus.Paid } settled && invoice.Status != InvoiceStatus.Paid)
            {
                paid.Add(settled);
            }
        }

        customers.Append();
        await settlement.SettleAsync(paid, null, cancellationToken);
        await splits.ReviewAsync(repriced, cancellationToken);
        return new IntakeResult(accepted, corrected, unchanged, rejects, corrections);
    }

    private static ImportReject? Against(InvoiceRow row, Invoice invoice, Customer? customer)
    {
        if (invoice.Amount.Currency != row.Amount.Currency)
        {
            return RejectedRows.Of(row.Line, MappingProfile.FieldOf(InvoiceColumn.Currency), RuleCodes.CurrencyChanged, row.Amount.Currency, ("before", invoice.Amount.Currency));
        }

        if (customer?.Id != invoice.CustomerId)
        {
            return RejectedRows.Of(row.Line, MappingProfile.FieldOf(InvoiceColumn.CustomerNumber), RuleCodes.CustomerChanged, row.CustomerNumber);
        }

        return invoice.Status == InvoiceStatus.Cancelled
            ? RejectedRows.Of(row.Line, MappingProfile.FieldOf(InvoiceColumn.Number), RuleCodes.StateRefuses, row.Number, ("state", invoice.Status.ToString()), ("event", "Imported"))
            : null;
    }

    private void Add(InvoiceRow row, Customer customer, Merchant merchant, DateTimeOffset now)
    {
        var invoice = new Invoice
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Number = row.Number,
            CustomerId = customer.Id,
            IssueDate = row.IssueDate,
            DueDate = row.DueDate,
            Amount = row.Amount,
            Open = row.Amount,
            ScenarioId = row.ScenarioId,
            Kind = row.Kind,
            Description = row.Description,
            ImportedAt = now,
        };
        records.Add(invoice);
        records.Post(Postings.InvoiceIssued(invoice, now));
        var scenarioId = invoice.ScenarioId ?? customer.ScenarioId ?? merchant.DefaultScenarioId;
        records.Raise(Happened.To(invoice, EventNames.InvoiceImported, now, invoice.Amount, new { invoice.Number, scenarioId }));
    }

    private static List<ImportCorrection> Changes(InvoiceRow row, Invoice invoice)
    {
        var changes = new List<ImportCorrection>();
        Note("amount", Text(invoice.Amount), Text(row.Amount));
        Note("dueDate", Text(invoice.DueDate), Text(row.DueDate));
        Note("issueDate", Text(invoice.IssueDate), Text(row.IssueDate));
        Note("description", invoice.Description ?? "", row.Description ?? invoice.Description ?? "");
        Note("kind", invoice.Kind ?? "", row.Kind ?? invoice.Kind ?? "");
        return changes;

        void Note(string field, string before, string after)
        {
            if (before != after)
            {
                changes.Add(new ImportCorrection(row.Line, row.Number, field, before, after));
            }
        }
    }

    private Invoice Correct(InvoiceRow row, Invoice before, List<ImportCorrection> changes, DateTimeOffset now)
    {
        var corrected = before with { Amount = row.Amount, DueDate = row.DueDate, IssueDate = row.IssueDate, Description = row.Description ?? before.Description, Kind = row.Kind ?? before.Kind };
        var open = before.Open + (row.Amount - before.Amount);
        if (row.Amount != before.Amount)
        {
            records.Post(Postings.InvoiceCorrected(before, row.Amount, now));
            corrected = InvoiceLife.WithOpen(corrected, Math.Max(0, open.AmountMinor), now);
        }

        records.Update(corrected);
        records.Raise(Happened.To(corrected, EventNames.InvoiceCorrected, now, corrected.Amount, new { corrected.Number, changes = changes.Select(change => new { change.Field, change.Before, change.After }) }));
        if (open.AmountMinor < 0)
        {
            records.Raise(Happened.To(corrected, EventNames.CreditCreated, now, -open, new { method = "Correction" }));
        }

        return corrected;
    }

    private static string Text(Money money) => $"{MoneyText.Plain(money)} {money.Currency}";

    private static string Text(DateOnly day) => day.ToString(DateFormat, System.Globalization.CultureInfo.InvariantCulture);
}
