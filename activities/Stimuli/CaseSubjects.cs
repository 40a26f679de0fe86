using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Activities.Stimuli;

/// <summary>
/// What a case is about. Its correlation names the business object, so that every step finds it without being told and
/// a finance manager draws no plumbing.
/// </summary>
public static class CaseSubjects
{
    private const string InvoicePrefix = "invoice:";
    private const string TransferPrefix = "transfer:";

    /// <summary>The correlation of a case about an invoice.</summary>
    public static string OfInvoice(Guid invoiceId) => InvoicePrefix + invoiceId.ToString("D");

    /// <summary>The correlation of a case about an incoming transfer.</summary>
    public static string OfTransfer(Guid transferId) => TransferPrefix + transferId.ToString("D");

    /// <summary>The invoice the case is about; throws <see cref="InvalidOperationException"/> in a case about something else.</summary>
    public static async ValueTask<Invoice> InvoiceAsync(ActivityExecutionContext context)
    {
        var id = IdOf(context, InvoicePrefix, "an invoice");
        return await context.GetRequiredService<IMerchantRecords>().FindAsync<Invoice>(id, context.CancellationToken)
            ?? throw new InvalidOperationException($"The invoice {id} of this case does not exist any more.");
    }

    /// <summary>The transfer the case is about; throws <see cref="InvalidOperationException"/> in a case about something else.</summary>
    public static Guid TransferId(ActivityExecutionContext context) => IdOf(context, TransferPrefix, "a bank transfer");

    /// <summary>The invoice that a correlation names; null where it names something else.</summary>
    public static Guid? InvoiceIdOf(string? correlation) => Read(correlation, InvoicePrefix);

    /// <summary>The transfer that a correlation names; null where it names something else.</summary>
    public static Guid? TransferIdOf(string? correlation) => Read(correlation, TransferPrefix);

    /// <summary>The newest payment request of an invoice, or null.</summary>
    public static async ValueTask<PaymentRequest?> NewestRequestAsync(ActivityExecutionContext context, Invoice invoice)
    {
        var requests = await context.GetRequiredService<IMerchantRecords>()
            .ListAsync<PaymentRequest>(request => request.InvoiceId == invoice.Id, cancellationToken: context.CancellationToken);
        return requests.Count == 0 ? null : requests[^1];
    }

    private static Guid IdOf(ActivityExecutionContext context, string prefix, string what)
    {
        var correlation = context.WorkflowExecutionContext.CorrelationId;
        return Read(correlation, prefix)
            ?? throw new InvalidOperationException($"This step needs a case about {what}; this case is about '{correlation ?? "nothing"}'.");
    }

    private static Guid? Read(string? correlation, string prefix) =>
        correlation is not null && correlation.StartsWith(prefix, StringComparison.Ordinal) && Guid.TryParse(correlation[prefix.Length..], out var id)
            ? id
            : null;
}
