using CentralPay.Workflows.Payments.Customers;

namespace CentralPay.Workflows.Payments.Figures;

/// <summary>What customers owe, summed by the database. Scoped to a merchant.</summary>
public interface ICustomerFigures
{
    /// <summary>What each of these customers owes; one who owes nothing and has no credit may be missing.</summary>
    ValueTask<IReadOnlyDictionary<Guid, CustomerFigures>> OfAsync(IReadOnlyCollection<Guid> customerIds, DateOnly today, CancellationToken cancellationToken = default);

    /// <summary>A page of customers with what they owe.</summary>
    /// <param name="wanted">Which, and in which order.</param>
    /// <param name="today">The day that tells what is overdue.</param>
    /// <param name="skip">How many were shown already.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<IReadOnlyList<CustomerStanding>> PageAsync(CustomersWanted wanted, DateOnly today, int skip, int limit, CancellationToken cancellationToken = default);

    /// <summary>How many there are in all.</summary>
    ValueTask<int> CountAsync(CustomersWanted wanted, DateOnly today, CancellationToken cancellationToken = default);
}

/// <summary>What a customer owes, in minor units of the merchant's currency.</summary>
/// <param name="OpenMinor">Owed.</param>
/// <param name="OverdueMinor">Of that, past its due date.</param>
/// <param name="CreditMinor">What the merchant owes the customer, who paid too much.</param>
/// <param name="OpenInvoices">Invoices with something owed.</param>
/// <param name="OverdueInvoices">Of those, past their due date.</param>
public sealed record CustomerFigures(long OpenMinor, long OverdueMinor, long CreditMinor, int OpenInvoices, int OverdueInvoices)
{
    /// <summary>Owes nothing, and has no credit.</summary>
    public static CustomerFigures None { get; } = new(0, 0, 0, 0, 0);
}

/// <summary>A customer in a list, with what they owe.</summary>
public sealed record CustomerStanding(Customer Customer, long OpenMinor, long OverdueMinor, int OpenInvoices);

/// <summary>Which customers to list.</summary>
/// <param name="Text">Part of the number, name or e-mail address; null for any.</param>
/// <param name="Owing">Which of them.</param>
/// <param name="Order">In which order.</param>
public sealed record CustomersWanted(string? Text, CustomersOwing Owing, CustomersOrder Order);

/// <summary>Customers by what they owe.</summary>
public enum CustomersOwing
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those who owe something.</summary>
    Owing,

    /// <summary>Those with something past its due date.</summary>
    Overdue,
}

/// <summary>The order of a list of customers.</summary>
public enum CustomersOrder
{
    /// <summary>Who owes most past its due date, then who owes most.</summary>
    Overdue,

    /// <summary>Who owes most.</summary>
    Open,

    /// <summary>By name.</summary>
    Name,
}
