using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>Which of a merchant's invoices a simulation takes.</summary>
public sealed record PastPeriod
{
    /// <summary>The first day of issue.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day of issue.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Only this customer's; null for all.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Only this kind of sale; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>Only of at least this amount, in minor units.</summary>
    public long MinimumMinor { get; init; }
}

/// <summary>Reads a merchant's invoices with what really became of them. It only reads, in batches.</summary>
public sealed class PastInvoices(IMerchantRecords records)
{
    private const int Batch = 500;
    private const int MostRowsPerInvoice = 50;

    // Reminders of more than these do not go as one message anyway.
    private const int MostInvoicesTogether = ContactBundles.InvoicesPerEmail;

    /// <summary>The invoices by customer, in a fixed order; withdrawn ones are left out.</summary>
    /// <param name="period">Which invoices.</param>
    /// <param name="limit">How many, the first of the period.</param>
    /// <param name="assumed">What payers do; null for what they really did.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<SimulatedCustomer>> ReadAsync(PastPeriod period, int limit, PayerBehaviour? assumed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(period);
        var invoices = await InvoicesAsync(period, limit, cancellationToken);
        var customers = await CustomersAsync(invoices, cancellationToken);
        var stories = await StoriesAsync(invoices, assumed, cancellationToken);
        var mandates = await MandatesAsync([.. customers.Keys], cancellationToken);
        return
        [
            .. invoices.GroupBy(invoice => invoice.CustomerId)
                .Where(owed => customers.ContainsKey(owed.Key))
                .SelectMany(owed => owed.OrderBy(invoice => invoice.ImportedAt).ThenBy(invoice => invoice.Number, StringComparer.Ordinal).Chunk(MostInvoicesTogether)
                    .Select(together => new SimulatedCustomer
                    {
                        Customer = customers[owed.Key],
                        Mandate = SimulatedMandate.Of(mandates.GetValueOrDefault(owed.Key, []), customers[owed.Key], together[0].ImportedAt, assumed),
                        Invoices = [.. together.Select(invoice => stories[invoice.Id])],
                    }))
                .OrderBy(account => account.Invoices[0].Invoice.ImportedAt).ThenBy(account => account.Customer.Number, StringComparer.Ordinal),
        ];
    }

    private async Task<IReadOnlyList<Invoice>> InvoicesAsync(PastPeriod period, int limit, CancellationToken cancellationToken)
    {
        var (from, to, customerId, kind, minimum) = (period.From, period.To, period.CustomerId, period.Kind, period.MinimumMinor);
        var all = await records.ListAsync<Invoice>(
            invoice => invoice.IssueDate >= from && invoice.IssueDate <= to && invoice.Status != InvoiceStatus.Cancelled
                && (customerId == null || invoice.CustomerId == customerId) && (kind == null || invoice.Kind == kind) && invoice.Amount.AmountMinor >= minimum,
            limit,
            cancellationToken);
        return [.. all.Where(invoice => invoice.Amount.IsPositive)];
    }

    private async Task<IReadOnlyDictionary<Guid, Customer>> CustomersAsync(IReadOnlyList<Invoice> invoices, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, Customer>();
        foreach (var ids in invoices.Select(invoice => invoice.CustomerId).Distinct().Chunk(Batch).Select(chunk => chunk.ToList()))
        {
            foreach (var customer in await records.ListAsync<Customer>(customer => ids.Contains(customer.Id), Batch, cancellationToken))
            {
                found.Add(customer.Id, customer);
            }
        }

        return found;
    }

    private async Task<IReadOnlyDictionary<Guid, SimulatedInvoice>> StoriesAsync(IReadOnlyList<Invoice> invoices, PayerBehaviour? assumed, CancellationToken cancellationToken)
    {
        if (assumed is not null)
        {
            var merchant = await records.MerchantAsync(cancellationToken);
            var days = QuietHours.Of(merchant);
            return invoices.ToDictionary(invoice => invoice.Id, invoice => assumed.Of(invoice, days));
        }

        var stories = new Dictionary<Guid, SimulatedInvoice>();
        foreach (var chunk in invoices.Chunk(Batch))
        {
            var ids = chunk.Select(invoice => (Guid?)invoice.Id).ToList();
            var payments = (await records.ListAsync<Payment>(payment => ids.Contains(payment.InvoiceId), Batch * MostRowsPerInvoice, cancellationToken)).ToLookup(payment => payment.InvoiceId);
            var debits = (await records.ListAsync<DirectDebit>(debit => ids.Contains(debit.InvoiceId), Batch * MostRowsPerInvoice, cancellationToken)).ToLookup(debit => debit.InvoiceId);
            foreach (var invoice in chunk)
            {
                stories.Add(invoice.Id, Recorded(invoice, payments[invoice.Id], debits[invoice.Id]));
            }
        }

        return stories;
    }

    // Money that was debited comes again only where the scenario debits: its bank then says what it really said. What was taken
    // back weeks after it had come is simulated as come.
    private static SimulatedInvoice Recorded(Invoice invoice, IEnumerable<Payment> payments, IEnumerable<DirectDebit> debits) => new()
    {
        Invoice = invoice,
        Payments =
        [
            .. payments.Where(payment => payment.Method != PaymentMethod.DirectDebit && payment.State != PaymentState.Unmatched && payment.Allocated.IsPositive)
                .OrderBy(payment => payment.ReceivedAt)
                .Select(payment => new SimulatedPayment(payment.ReceivedAt > invoice.ImportedAt ? payment.ReceivedAt : invoice.ImportedAt, payment.Allocated, payment.Method)),
        ],
        BankAnswers =
        [
            .. debits.Where(debit => debit.Status is DebitStatus.Settled or DebitStatus.Failed or DebitStatus.Returned)
                .OrderBy(debit => debit.CreatedAt).ThenBy(debit => debit.Attempt)
                .Select(debit => debit.Status == DebitStatus.Failed ? debit.ReasonCode : null),
        ],
    };

    private async Task<IReadOnlyDictionary<Guid, Mandate[]>> MandatesAsync(IReadOnlyList<Guid> customerIds, CancellationToken cancellationToken)
    {
        var found = new List<Mandate>();
        foreach (var ids in customerIds.Chunk(Batch).Select(chunk => chunk.ToList()))
        {
            found.AddRange(await records.ListAsync<Mandate>(mandate => ids.Contains(mandate.CustomerId) && mandate.SignedAt != null, Batch * MostRowsPerInvoice, cancellationToken));
        }

        return found.GroupBy(mandate => mandate.CustomerId).ToDictionary(group => group.Key, group => group.ToArray());
    }
}
