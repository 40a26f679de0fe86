using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Figures;

/// <summary>What customers owe: sums over their open invoices and their credit in the books.</summary>
internal sealed class CustomerFiguresReader(CollectionsDb db) : ICustomerFigures
{
    public async ValueTask<IReadOnlyDictionary<Guid, CustomerFigures>> OfAsync(IReadOnlyCollection<Guid> customerIds, DateOnly today, CancellationToken cancellationToken = default)
    {
        var ids = customerIds.ToList();
        var currency = await CurrencyAsync(cancellationToken);
        var owed = await Owed(currency)
            .Where(invoice => ids.Contains(invoice.CustomerId))
            .Select(invoice => new
            {
                invoice.CustomerId,
                invoice.Open.AmountMinor,
                LateMinor = invoice.DueDate < today ? invoice.Open.AmountMinor : 0,
                Late = invoice.DueDate < today ? 1 : 0,
            })
            .GroupBy(invoice => invoice.CustomerId)
            .Select(of => new { of.Key, Open = of.Sum(one => one.AmountMinor), Overdue = of.Sum(one => one.LateMinor), Invoices = of.Count(), Late = of.Sum(one => one.Late) })
            .ToDictionaryAsync(of => of.Key, cancellationToken);
        var credits = await db.Set<LedgerLineRow>()
            .Where(line => line.Account == LedgerAccount.CustomerCredit && line.Currency == currency && line.CustomerId != null && ids.Contains(line.CustomerId.Value))
            .GroupBy(line => line.CustomerId!.Value)
            .Select(of => new { of.Key, Sum = of.Sum(line => line.AmountMinor) })
            .ToDictionaryAsync(of => of.Key, of => -of.Sum, cancellationToken);
        return ids.Distinct().ToDictionary(id => id, id => owed.TryGetValue(id, out var sums)
            ? new CustomerFigures(sums.Open, sums.Overdue, credits.GetValueOrDefault(id), sums.Invoices, sums.Late)
            : CustomerFigures.None with { CreditMinor = credits.GetValueOrDefault(id) });
    }

    public async ValueTask<IReadOnlyList<CustomerStanding>> PageAsync(CustomersWanted wanted, DateOnly today, int skip, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var standing = Standing(await CurrencyAsync(cancellationToken), Named(wanted.Text), today);
        var fitting = wanted.Owing switch
        {
            CustomersOwing.Owing => standing.Where(one => one.Open > 0),
            CustomersOwing.Overdue => standing.Where(one => one.Overdue > 0),
            _ => standing,
        };
        var ordered = wanted.Order switch
        {
            CustomersOrder.Overdue => fitting.OrderByDescending(one => one.Overdue).ThenByDescending(one => one.Open),
            CustomersOrder.Open => fitting.OrderByDescending(one => one.Open),
            _ => fitting.OrderBy(one => one.Customer.Name),
        };
        var page = await ordered.ThenBy(one => one.Customer.Id).Skip(skip).Take(limit).ToListAsync(cancellationToken);
        return [.. page.Select(one => new CustomerStanding(one.Customer, one.Open, one.Overdue, one.Invoices))];
    }

    public async ValueTask<int> CountAsync(CustomersWanted wanted, DateOnly today, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var named = Named(wanted.Text);
        var owed = Owed(await CurrencyAsync(cancellationToken));
        return await (wanted.Owing switch
        {
            CustomersOwing.Owing => named.Where(customer => owed.Any(invoice => invoice.CustomerId == customer.Id)),
            CustomersOwing.Overdue => named.Where(customer => owed.Any(invoice => invoice.CustomerId == customer.Id && invoice.DueDate < today)),
            _ => named,
        }).CountAsync(cancellationToken);
    }

    private IQueryable<Customer> Named(string? text)
    {
        var customers = db.Set<Customer>().AsNoTracking();
        var searched = SearchText.Of(text);
        return searched.Length == 0 ? customers : customers.Where(customer => customer.Searched.Contains(searched));
    }

    private IQueryable<Invoice> Owed(string currency) => db.Set<Invoice>()
        .Where(invoice => invoice.Open.AmountMinor > 0 && invoice.Open.Currency == currency && (invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.PartlyPaid));

    private IQueryable<Standings> Standing(string currency, IQueryable<Customer> customers, DateOnly today)
    {
        var sums = Owed(currency)
            .Select(invoice => new { invoice.CustomerId, invoice.Open.AmountMinor, LateMinor = invoice.DueDate < today ? invoice.Open.AmountMinor : 0 })
            .GroupBy(invoice => invoice.CustomerId)
            .Select(of => new { CustomerId = of.Key, Open = of.Sum(one => one.AmountMinor), Overdue = of.Sum(one => one.LateMinor), Invoices = of.Count() });
        return from customer in customers
               join sum in sums on customer.Id equals sum.CustomerId into owing
               from sum in owing.DefaultIfEmpty()
               select new Standings { Customer = customer, Open = (long?)sum.Open ?? 0, Overdue = (long?)sum.Overdue ?? 0, Invoices = (int?)sum.Invoices ?? 0 };
    }

    private async Task<string> CurrencyAsync(CancellationToken cancellationToken) =>
        await db.Set<Merchant>().Select(merchant => merchant.Currency).FirstOrDefaultAsync(cancellationToken) ?? throw new InvalidOperationException($"There is no merchant {db.BoundMerchantId}.");

    private sealed class Standings
    {
        public required Customer Customer { get; init; }

        public long Open { get; init; }

        public long Overdue { get; init; }

        public int Invoices { get; init; }
    }
}
