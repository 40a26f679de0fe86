using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Invoices;

/// <summary>What can happen to an invoice, as far as its state goes.</summary>
public enum InvoiceEvent
{
    /// <summary>All of it is owed (a payment was taken back).</summary>
    WhollyOwed,

    /// <summary>A part of it is owed.</summary>
    PartlyOwed,

    /// <summary>Nothing is owed.</summary>
    NothingOwed,

    /// <summary>The merchant withdraws it.</summary>
    Withdrawn,
}

/// <summary>The life of an invoice: money re-evaluates it both ways; a withdrawn one stays withdrawn.</summary>
public static class InvoiceLife
{
    /// <summary>State x event -> state.</summary>
    public static StateTable<InvoiceStatus, InvoiceEvent> Table { get; } = new(
        (InvoiceStatus.Open, InvoiceEvent.WhollyOwed, InvoiceStatus.Open),
        (InvoiceStatus.Open, InvoiceEvent.PartlyOwed, InvoiceStatus.PartlyPaid),
        (InvoiceStatus.Open, InvoiceEvent.NothingOwed, InvoiceStatus.Paid),
        (InvoiceStatus.Open, InvoiceEvent.Withdrawn, InvoiceStatus.Cancelled),
        (InvoiceStatus.PartlyPaid, InvoiceEvent.WhollyOwed, InvoiceStatus.Open),
        (InvoiceStatus.PartlyPaid, InvoiceEvent.PartlyOwed, InvoiceStatus.PartlyPaid),
        (InvoiceStatus.PartlyPaid, InvoiceEvent.NothingOwed, InvoiceStatus.Paid),
        (InvoiceStatus.Paid, InvoiceEvent.WhollyOwed, InvoiceStatus.Open),
        (InvoiceStatus.Paid, InvoiceEvent.PartlyOwed, InvoiceStatus.PartlyPaid),
        (InvoiceStatus.Paid, InvoiceEvent.NothingOwed, InvoiceStatus.Paid));

    /// <summary>The invoice with its open amount, and the state and payment date that follow from it.</summary>
    /// <param name="invoice">The invoice, with the amount that holds now.</param>
    /// <param name="openMinor">What is owed now, in minor units: zero to the whole amount.</param>
    /// <param name="at">When (business time).</param>
    public static Invoice WithOpen(Invoice invoice, long openMinor, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        ArgumentOutOfRangeException.ThrowIfNegative(openMinor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(openMinor, invoice.Amount.AmountMinor);
        var happened = openMinor == 0 ? InvoiceEvent.NothingOwed
            : openMinor == invoice.Amount.AmountMinor ? InvoiceEvent.WhollyOwed
            : InvoiceEvent.PartlyOwed;
        return invoice with
        {
            Open = invoice.Open with { AmountMinor = openMinor },
            Status = Table.After(invoice.Status, happened),
            PaidAt = openMinor == 0 ? invoice.PaidAt ?? at : null,
        };
    }
}
