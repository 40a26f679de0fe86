using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Exports;

/// <summary>An invoice and who owes it.</summary>
internal sealed record InvoiceLine(Invoice Row, Customer? Customer);

/// <summary>A customer and what they owe.</summary>
internal sealed record CustomerLine(Customer Row, CustomerFigures Figures, string Currency);

/// <summary>A row and the customer and invoice it concerns.</summary>
internal sealed record NamedLine<T>(T Row, Customer? Customer, Invoice? Invoice);

/// <summary>A line of the books and what it concerns.</summary>
internal sealed record LedgerExportLine(LedgerEntry Entry, LedgerLine Line, Customer? Customer, Invoice? Invoice);

/// <summary>The columns of each list. Identities come last: machines join by them, people scroll past.</summary>
internal static partial class ExportColumns
{
    internal static IReadOnlyList<ExportColumn<InvoiceLine>> Invoices { get; } =
    [
        ExportColumn<InvoiceLine>.Of("number", line => line.Row.Number),
        ExportColumn<InvoiceLine>.Of("customerNumber", line => line.Customer?.Number),
        ExportColumn<InvoiceLine>.Of("customerName", line => line.Customer?.Name),
        ExportColumn<InvoiceLine>.Day("issueDate", line => line.Row.IssueDate),
        ExportColumn<InvoiceLine>.Day("dueDate", line => line.Row.DueDate),
        ExportColumn<InvoiceLine>.Amount("amount", line => line.Row.Amount),
        ExportColumn<InvoiceLine>.Amount("open", line => line.Row.Open),
        ExportColumn<InvoiceLine>.Of("currency", line => line.Row.Amount.Currency),
        ExportColumn<InvoiceLine>.Code("status", "invoice.status", line => line.Row.Status.ToString()),
        ExportColumn<InvoiceLine>.Flag("disputed", line => line.Row.Disputed),
        ExportColumn<InvoiceLine>.Day("promisedUntil", line => line.Row.PromisedUntil),
        ExportColumn<InvoiceLine>.Instant("paidAt", line => line.Row.PaidAt),
        ExportColumn<InvoiceLine>.Of("description", line => line.Row.Description),
        ExportColumn<InvoiceLine>.Of("id", line => line.Row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<CustomerLine>> Customers { get; } =
    [
        ExportColumn<CustomerLine>.Of("customerNumber", line => line.Row.Number),
        ExportColumn<CustomerLine>.Of("customerName", line => line.Row.Name),
        ExportColumn<CustomerLine>.Of("email", line => line.Row.Email),
        ExportColumn<CustomerLine>.Of("phone", line => line.Row.Phone),
        ExportColumn<CustomerLine>.Of("language", line => line.Row.Language),
        ExportColumn<CustomerLine>.Of("country", line => line.Row.Country),
        ExportColumn<CustomerLine>.Flag("isBusiness", line => line.Row.IsBusiness),
        ExportColumn<CustomerLine>.Amount("open", line => new Money(line.Figures.OpenMinor, line.Currency)),
        ExportColumn<CustomerLine>.Amount("overdue", line => new Money(line.Figures.OverdueMinor, line.Currency)),
        ExportColumn<CustomerLine>.Amount("credit", line => new Money(line.Figures.CreditMinor, line.Currency)),
        ExportColumn<CustomerLine>.Of("currency", line => line.Currency),
        ExportColumn<CustomerLine>.Flag("emailOptedOut", line => line.Row.EmailOptedOut),
        ExportColumn<CustomerLine>.Of("id", line => line.Row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<NamedLine<Payment>>> Payments { get; } =
    [
        ExportColumn<NamedLine<Payment>>.Instant("receivedAt", line => line.Row.ReceivedAt),
        ExportColumn<NamedLine<Payment>>.Code("method", "payment.method", line => line.Row.Method.ToString()),
        ExportColumn<NamedLine<Payment>>.Code("status", "payment.state", line => line.Row.State.ToString()),
        ExportColumn<NamedLine<Payment>>.Amount("amount", line => line.Row.Amount),
        ExportColumn<NamedLine<Payment>>.Amount("allocated", line => line.Row.Allocated),
        ExportColumn<NamedLine<Payment>>.Of("currency", line => line.Row.Amount.Currency),
        ExportColumn<NamedLine<Payment>>.Of("customerName", line => line.Customer?.Name),
        ExportColumn<NamedLine<Payment>>.Of("number", line => line.Invoice?.Number),
        ExportColumn<NamedLine<Payment>>.Of("sourceKey", line => line.Row.SourceKey),
        ExportColumn<NamedLine<Payment>>.Of("id", line => line.Row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<NamedLine<IncomingTransfer>>> Transfers { get; } =
    [
        ExportColumn<NamedLine<IncomingTransfer>>.Day("bookedOn", line => line.Row.BookedOn),
        ExportColumn<NamedLine<IncomingTransfer>>.Amount("amount", line => line.Row.Amount),
        ExportColumn<NamedLine<IncomingTransfer>>.Of("currency", line => line.Row.Amount.Currency),
        ExportColumn<NamedLine<IncomingTransfer>>.Of("debtorName", line => line.Row.DebtorName),
        ExportColumn<NamedLine<IncomingTransfer>>.Of("debtorIban", line => line.Row.DebtorIban),
        ExportColumn<NamedLine<IncomingTransfer>>.Of("remittance", line => line.Row.Remittance),
        ExportColumn<NamedLine<IncomingTransfer>>.Of("endToEndId", line => line.Row.EndToEndId),
        ExportColumn<NamedLine<IncomingTransfer>>.Of("creditorIban", line => line.Row.CreditorIban),
        ExportColumn<NamedLine<IncomingTransfer>>.Code("status", "transfers.status", line => line.Row.Status.ToString()),
        ExportColumn<NamedLine<IncomingTransfer>>.Of("number", line => line.Invoice?.Number),
        ExportColumn<NamedLine<IncomingTransfer>>.Of("customerName", line => line.Customer?.Name),
        ExportColumn<NamedLine<IncomingTransfer>>.Instant("receivedAt", line => line.Row.ReceivedAt),
        ExportColumn<NamedLine<IncomingTransfer>>.Of("id", line => line.Row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<NamedLine<WorkTask>>> Tasks { get; } =
    [
        ExportColumn<NamedLine<WorkTask>>.Instant("createdAt", line => line.Row.CreatedAt),
        ExportColumn<NamedLine<WorkTask>>.Code("kind", "task.kind", line => line.Row.Kind),
        ExportColumn<NamedLine<WorkTask>>.Of("title", line => line.Row.Title),
        ExportColumn<NamedLine<WorkTask>>.Of("note", line => line.Row.Note),
        ExportColumn<NamedLine<WorkTask>>.Of("customerName", line => line.Customer?.Name),
        ExportColumn<NamedLine<WorkTask>>.Of("number", line => line.Invoice?.Number),
        ExportColumn<NamedLine<WorkTask>>.Amount("amount", line => line.Row is { AmountMinor: { } minor, Currency: { } currency } ? new Money(minor, currency) : null),
        ExportColumn<NamedLine<WorkTask>>.Of("currency", line => line.Row.Currency),
        ExportColumn<NamedLine<WorkTask>>.Code("status", "task.status", line => line.Row.Status.ToString()),
        ExportColumn<NamedLine<WorkTask>>.Of("assignedTo", line => line.Row.AssignedTo),
        ExportColumn<NamedLine<WorkTask>>.Code("outcome", "task.outcome", line => line.Row.Outcome),
        ExportColumn<NamedLine<WorkTask>>.Of("completedBy", line => line.Row.CompletedBy),
        ExportColumn<NamedLine<WorkTask>>.Instant("completedAt", line => line.Row.CompletedAt),
        ExportColumn<NamedLine<WorkTask>>.Of("id", line => line.Row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<NamedLine<Message>>> Messages { get; } =
    [
        ExportColumn<NamedLine<Message>>.Instant("plannedAt", line => line.Row.PlannedAt),
        ExportColumn<NamedLine<Message>>.Instant("dueAt", line => line.Row.DueAt),
        ExportColumn<NamedLine<Message>>.Instant("sentAt", line => line.Row.SentAt),
        ExportColumn<NamedLine<Message>>.Code("channel", "channel", line => line.Row.Channel.ToString()),
        ExportColumn<NamedLine<Message>>.Code("template", "template", line => line.Row.Template),
        ExportColumn<NamedLine<Message>>.Of("language", line => line.Row.Language),
        ExportColumn<NamedLine<Message>>.Of("customerName", line => line.Customer?.Name),
        ExportColumn<NamedLine<Message>>.Of("recipient", line => line.Row.Recipient),
        ExportColumn<NamedLine<Message>>.Of("subject", line => line.Row.Subject),
        ExportColumn<NamedLine<Message>>.Code("status", "message.status", line => line.Row.Status.ToString()),
        ExportColumn<NamedLine<Message>>.Code("reason", "message.reason", line => line.Row.Reason),
        ExportColumn<NamedLine<Message>>.Of("number", line => line.Invoice?.Number),
        ExportColumn<NamedLine<Message>>.Of("id", line => line.Row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<LedgerExportLine>> Ledger { get; } =
    [
        ExportColumn<LedgerExportLine>.Instant("bookedAt", line => line.Entry.At),
        ExportColumn<LedgerExportLine>.Code("kind", "booking", line => line.Entry.Kind),
        ExportColumn<LedgerExportLine>.Code("account", "account", line => line.Line.Account.ToString()),
        ExportColumn<LedgerExportLine>.Amount("debit", line => line.Line.AmountMinor > 0 ? new Money(line.Line.AmountMinor, line.Line.Currency) : null),
        ExportColumn<LedgerExportLine>.Amount("credit", line => line.Line.AmountMinor < 0 ? new Money(-line.Line.AmountMinor, line.Line.Currency) : null),
        ExportColumn<LedgerExportLine>.Of("currency", line => line.Line.Currency),
        ExportColumn<LedgerExportLine>.Of("customerName", line => line.Customer?.Name),
        ExportColumn<LedgerExportLine>.Of("number", line => line.Invoice?.Number),
        ExportColumn<LedgerExportLine>.Of("key", line => line.Entry.Key),
        ExportColumn<LedgerExportLine>.Of("id", line => line.Entry.Id.ToString()),
    ];
}
