using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Imports;

/// <summary>What one batch of rows led to.</summary>
internal sealed record IntakeResult(int Accepted, int Corrected, int Unchanged, IReadOnlyList<ImportReject> Rejects, IReadOnlyList<ImportCorrection> Corrections);

/// <summary>Takes checked rows into the books, a batch at a time: a few queries for a batch, none for a row that is new or as before.</summary>
public sealed class InvoiceIntake(IMerchantRecords records, TimeProvider time, InvoiceSettlement settlement, InvoiceReopening reopening, SplitBook splits, DirectDebits debits)
{
    private const int MaxPaymentsPerInvoice = 1000;
    private const string DateFormat = "yyyy-MM-dd";

    internal async Task<IntakeResult> TakeAsync(IReadOnlyList<InvoiceRow> rows, Merchant merchant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var numbers = rows.Select(row => row.Number).ToList();
        var known = (await records.ListAsync<Invoice>(invoice => numbers.Contains(invoice.Number), numbers.Count, cancellationToken)).ToDictionary(invoice => invoice.Number, StringComparer.Ordinal);
        var customers = await CustomerIntake.OfAsync(rows, records, merchant, now, cancellationToken);
        var credits = await CreditsAsync(rows, known, cancellationToken);

        var (accepted, corrected, unchanged) = (0, 0, 0);
        var rejects = new List<ImportReject>();
        var corrections = new List<ImportCorrection>();
        var paid = new List<Invoice>();
        var owedAgain = new List<Invoice>();
        var repriced = new List<Guid>();
        var askedElse = new List<Invoice>();
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

            if (changes.Count == 0)
            {
                continue;
            }

            switch (invoice.Status, Correct(row, invoice, changes, credits.TryGetValue(invoice.Id, out var credit) ? credit : null, now))
            {
                case (not InvoiceStatus.Paid, { Status: InvoiceStatus.Paid } settled):
                    paid.Add(settled);
                    break;
                case (InvoiceStatus.Paid, { Status: not InvoiceStatus.Paid } reopened):
                    owedAgain.Add(reopened);
                    break;
                case (_, { Status: not InvoiceStatus.Paid } owed) when owed.Open != invoice.Open:
                    askedElse.Add(owed);
                    break;
            }
        }

        customers.Append();
        await settlement.SettleAsync(paid, null, cancellationToken);
        await AskedAmounts.FollowAsync(records, askedElse, now, null, cancellationToken);
        await debits.FollowAsync(askedElse, cancellationToken);
        await splits.ReviewAsync(repriced, cancellationToken);
        foreach (var reopened in owedAgain)
        {
            await reopening.AppendAsync(reopened, wasPaid: true, "corrected", $"reopened/{reopened.Id:N}/{reopened.Revision}", null, cancellationToken);
        }

        return new IntakeResult(accepted, corrected, unchanged, rejects, corrections);
    }

    /// <summary>What earlier corrections made credit, of the invoices that ask for more now and were paid in part or whole.</summary>
    private async Task<Dictionary<Guid, Money>> CreditsAsync(IReadOnlyList<InvoiceRow> rows, Dictionary<string, Invoice> known, CancellationToken cancellationToken)
    {
        var raised = rows.Select(row => known.TryGetValue(row.Number, out var invoice) && row.Amount.Currency == invoice.Amount.Currency && row.Amount > invoice.Amount && invoice.Open < invoice.Amount ? invoice : null)
            .OfType<Invoice>().DistinctBy(invoice => invoice.Id).ToDictionary(invoice => invoice.Id);
        if (raised.Count == 0)
        {
            return [];
        }

        var ids = raised.Keys.ToList();
        var payments = await records.ListAsync<Payment>(payment => payment.InvoiceId != null && ids.Contains(payment.InvoiceId.Value), ids.Count * MaxPaymentsPerInvoice, cancellationToken);
        return payments.GroupBy(payment => payment.InvoiceId!.Value).ToDictionary(of => of.Key, of => CorrectionCredit.Of(raised[of.Key], of));
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

    private Invoice Correct(InvoiceRow row, Invoice before, List<ImportCorrection> changes, Money? correctionCredit, DateTimeOffset now)
    {
        var corrected = before with { Amount = row.Amount, DueDate = row.DueDate, IssueDate = row.IssueDate, Description = row.Description ?? before.Description, Kind = row.Kind ?? before.Kind };
        var raise = row.Amount - before.Amount;
        var creditBack = raise.IsPositive && correctionCredit is { } credit ? Money.Min(raise, credit) : Money.Zero(raise.Currency);
        var open = before.Open + raise - creditBack;
        if (row.Amount != before.Amount)
        {
            records.Post(Postings.InvoiceCorrected(before, row.Amount, creditBack, now));
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
