using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Imports;

/// <summary>The customers of one batch of rows: new ones are added, known ones brought up to date, each once.</summary>
internal sealed class CustomerIntake
{
    private readonly IMerchantRecords records;
    private readonly Merchant merchant;
    private readonly DateTimeOffset now;
    private readonly Dictionary<string, Customer> before;
    private readonly Dictionary<string, Customer> after;

    private CustomerIntake(IMerchantRecords records, Merchant merchant, DateTimeOffset now, IReadOnlyList<Customer> known)
    {
        this.records = records;
        this.merchant = merchant;
        this.now = now;
        before = known.ToDictionary(customer => customer.Number, StringComparer.Ordinal);
        after = new(before, StringComparer.Ordinal);
    }

    internal static async Task<CustomerIntake> OfAsync(IReadOnlyList<InvoiceRow> rows, IMerchantRecords records, Merchant merchant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var numbers = rows.Select(row => row.CustomerNumber).Distinct().ToList();
        return new(records, merchant, now, await records.ListAsync<Customer>(customer => numbers.Contains(customer.Number), numbers.Count, cancellationToken));
    }

    /// <summary>The customer of a row, if it is known already.</summary>
    internal Customer? Known(InvoiceRow row) => after.GetValueOrDefault(row.CustomerNumber);

    /// <summary>The customer of a row with what the row says of them; what it does not say stays.</summary>
    internal Customer Take(InvoiceRow row)
    {
        var customer = after.GetValueOrDefault(row.CustomerNumber) ?? new Customer
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Number = row.CustomerNumber,
            Name = row.CustomerName,
            Language = merchant.Language,
            CreatedAt = now,
        };
        var taken = customer with
        {
            Name = row.CustomerName,
            Email = row.Email ?? customer.Email,
            Language = row.Language ?? customer.Language,
            IsBusiness = row.IsBusiness ?? customer.IsBusiness,
            Country = row.Country ?? customer.Country,
            Phone = row.Phone ?? customer.Phone,
        };
        after[row.CustomerNumber] = taken;
        return taken;
    }

    /// <summary>Appends what is new or changed.</summary>
    internal void Append()
    {
        foreach (var (number, customer) in after)
        {
            if (!before.TryGetValue(number, out var known))
            {
                records.Add(customer);
            }
            else if (known != customer)
            {
                records.Update(customer);
            }
        }
    }
}
