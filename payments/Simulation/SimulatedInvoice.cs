using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Receipts;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>A customer as a simulation meets one: the invoices that come in, and what the payer and the payer's bank do.</summary>
public sealed record SimulatedCustomer
{
    /// <summary>The customer.</summary>
    public required Customer Customer { get; init; }

    /// <summary>The mandate that can be debited from the beginning; null for none.</summary>
    public Mandate? Mandate { get; init; }

    /// <summary>The invoices, in the order they come in.</summary>
    public required IReadOnlyList<SimulatedInvoice> Invoices { get; init; }
}

/// <summary>An invoice to simulate, and the money that comes by itself.</summary>
public sealed record SimulatedInvoice
{
    /// <summary>The invoice as it came in, with nothing paid.</summary>
    public required Invoice Invoice { get; init; }

    /// <summary>What the payer does by itself, in order.</summary>
    public IReadOnlyList<SimulatedPayment> Payments { get; init; } = [];

    /// <summary>What the bank says to its direct debits, one after the other: a reason code, or null for yes; yes to all that follow.</summary>
    public IReadOnlyList<string?> BankAnswers { get; init; } = [];
}

/// <summary>Money that a payer sends. Of what is not owed any more by then nothing is sent.</summary>
/// <param name="At">When it comes (business time).</param>
/// <param name="Amount">How much, at the most.</param>
/// <param name="Method">How it is paid.</param>
public sealed record SimulatedPayment(DateTimeOffset At, Money Amount, PaymentMethod Method);
