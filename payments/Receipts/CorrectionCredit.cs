using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Receipts;

/// <summary>
/// What corrections of an invoice made the customer's credit: the money that paid more of it than is asked now. It came for
/// this invoice, so it pays it again before anybody is asked for more, and is no credit once its payment is gone.
/// </summary>
internal static class CorrectionCredit
{
    /// <summary>What is left of it, zero or more. Pure.</summary>
    /// <param name="invoice">The invoice as it stands.</param>
    /// <param name="payments">All payments that were booked to it.</param>
    internal static Money Of(Invoice invoice, IEnumerable<Payment> payments)
    {
        var paid = payments.Where(payment => payment.InvoiceId == invoice.Id && Stands(payment)).Sum(payment => payment.Allocated.AmountMinor);
        var counted = (invoice.Amount - invoice.Open).AmountMinor;
        return invoice.Amount with { AmountMinor = Math.Max(0, paid - counted) };
    }

    /// <summary>What of it goes with a payment that is taken off its invoice.</summary>
    internal static async Task<Money> GoingWithAsync(IMerchantRecords records, Invoice invoice, Payment payment, CancellationToken cancellationToken)
    {
        if (payment.Allocated.IsZero)
        {
            return payment.Allocated;
        }

        var invoiceId = invoice.Id;
        return Money.Min(payment.Allocated, Of(invoice, await records.ListAsync<Payment>(one => one.InvoiceId == invoiceId, cancellationToken: cancellationToken)));
    }

    // What was given back or taken back pays nothing any more.
    private static bool Stands(Payment payment) => payment.State is PaymentState.Captured or PaymentState.Disputed;
}
