using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Statements;

namespace CentralPay.Workflows.Payments.Exports;

/// <summary>A payout, or a share of one, and who gets it.</summary>
internal sealed record PayeeLine<T>(T Row, Beneficiary? Payee, string? InvoiceNumber = null);

/// <summary>What the gateway and the bank collect, and what goes out again.</summary>
internal static partial class ExportColumns
{
    internal static IReadOnlyList<ExportColumn<NamedLine<PaymentRequest>>> Requests { get; } =
    [
        ExportColumn<NamedLine<PaymentRequest>>.Of("reference", line => line.Row.Reference),
        ExportColumn<NamedLine<PaymentRequest>>.Of("number", line => line.Invoice?.Number),
        ExportColumn<NamedLine<PaymentRequest>>.Of("customerName", line => line.Customer?.Name),
        ExportColumn<NamedLine<PaymentRequest>>.Amount("amount", line => line.Row.Amount),
        ExportColumn<NamedLine<PaymentRequest>>.Amount("paid", line => line.Row.Paid),
        ExportColumn<NamedLine<PaymentRequest>>.Of("currency", line => line.Row.Amount.Currency),
        ExportColumn<NamedLine<PaymentRequest>>.Code("status", "request.status", line => line.Row.RequestStatus.ToString()),
        ExportColumn<NamedLine<PaymentRequest>>.Code("paymentStatus", "request.payment", line => line.Row.PaymentStatus.ToString()),
        ExportColumn<NamedLine<PaymentRequest>>.Of("virtualIban", line => line.Row.VirtualIban),
        ExportColumn<NamedLine<PaymentRequest>>.Instant("createdAt", line => line.Row.CreatedAt),
        ExportColumn<NamedLine<PaymentRequest>>.Instant("deadline", line => line.Row.Deadline),
        ExportColumn<NamedLine<PaymentRequest>>.Of("id", line => line.Row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<NamedLine<DirectDebit>>> Debits { get; } =
    [
        ExportColumn<NamedLine<DirectDebit>>.Day("collectOn", line => line.Row.CollectOn),
        ExportColumn<NamedLine<DirectDebit>>.Of("number", line => line.Invoice?.Number),
        ExportColumn<NamedLine<DirectDebit>>.Of("customerName", line => line.Customer?.Name),
        ExportColumn<NamedLine<DirectDebit>>.Amount("amount", line => line.Row.Amount),
        ExportColumn<NamedLine<DirectDebit>>.Of("currency", line => line.Row.Amount.Currency),
        ExportColumn<NamedLine<DirectDebit>>.Of("attempt", line => $"{line.Row.Attempt}"),
        ExportColumn<NamedLine<DirectDebit>>.Code("status", "debit.status", line => line.Row.Status.ToString()),
        ExportColumn<NamedLine<DirectDebit>>.Of("reasonCode", line => line.Row.ReasonCode),
        ExportColumn<NamedLine<DirectDebit>>.Instant("settledAt", line => line.Row.SettledAt),
        ExportColumn<NamedLine<DirectDebit>>.Instant("endedAt", line => line.Row.EndedAt),
        ExportColumn<NamedLine<DirectDebit>>.Of("id", line => line.Row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<NamedLine<Mandate>>> Mandates { get; } =
    [
        ExportColumn<NamedLine<Mandate>>.Of("reference", line => line.Row.Reference),
        ExportColumn<NamedLine<Mandate>>.Of("customerNumber", line => line.Customer?.Number),
        ExportColumn<NamedLine<Mandate>>.Of("customerName", line => line.Customer?.Name),
        ExportColumn<NamedLine<Mandate>>.Code("scheme", "mandate.scheme", line => line.Row.Scheme.ToString()),
        ExportColumn<NamedLine<Mandate>>.Code("status", "mandate.status", line => line.Row.Status.ToString()),
        ExportColumn<NamedLine<Mandate>>.Of("debtorName", line => line.Row.DebtorName),
        ExportColumn<NamedLine<Mandate>>.Of("accountEnding", line => line.Row.AccountEnding),
        ExportColumn<NamedLine<Mandate>>.Instant("signedAt", line => line.Row.SignedAt),
        ExportColumn<NamedLine<Mandate>>.Day("lastUsedOn", line => line.Row.LastUsedOn),
        ExportColumn<NamedLine<Mandate>>.Instant("endedAt", line => line.Row.EndedAt),
        ExportColumn<NamedLine<Mandate>>.Of("reasonCode", line => line.Row.EndReason),
        ExportColumn<NamedLine<Mandate>>.Of("id", line => line.Row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<PayeeLine<Payout>>> Payouts { get; } =
    [
        ExportColumn<PayeeLine<Payout>>.Of("reference", line => line.Row.Reference),
        ExportColumn<PayeeLine<Payout>>.Of("beneficiary", line => line.Row.PaidToName ?? line.Payee?.Name),
        ExportColumn<PayeeLine<Payout>>.Amount("amount", line => line.Row.Amount),
        ExportColumn<PayeeLine<Payout>>.Of("currency", line => line.Row.Amount.Currency),
        ExportColumn<PayeeLine<Payout>>.Of("operations", line => $"{line.Row.Operations}"),
        ExportColumn<PayeeLine<Payout>>.Code("way", "payouts.way", line => line.Row.Way.ToString()),
        ExportColumn<PayeeLine<Payout>>.Code("status", "payouts.state", line => line.Row.State.ToString()),
        ExportColumn<PayeeLine<Payout>>.Of("proposedBy", line => line.Row.ProposedByName),
        ExportColumn<PayeeLine<Payout>>.Instant("proposedAt", line => line.Row.ProposedAt),
        ExportColumn<PayeeLine<Payout>>.Of("approvedBy", line => line.Row.ApprovedByName),
        ExportColumn<PayeeLine<Payout>>.Instant("approvedAt", line => line.Row.ApprovedAt),
        ExportColumn<PayeeLine<Payout>>.Instant("sentAt", line => line.Row.SentAt),
        ExportColumn<PayeeLine<Payout>>.Instant("endedAt", line => line.Row.EndedAt),
        ExportColumn<PayeeLine<Payout>>.Of("id", line => line.Row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<PayeeLine<Split>>> Splits { get; } =
    [
        ExportColumn<PayeeLine<Split>>.Instant("bookedAt", line => line.Row.BookedAt),
        ExportColumn<PayeeLine<Split>>.Of("beneficiary", line => line.Payee?.Name),
        ExportColumn<PayeeLine<Split>>.Of("number", line => line.InvoiceNumber),
        ExportColumn<PayeeLine<Split>>.Code("kind", "payouts.split", line => line.Row.Kind.ToString()),
        ExportColumn<PayeeLine<Split>>.Amount("basis", line => line.Row.Basis),
        ExportColumn<PayeeLine<Split>>.Amount("amount", line => line.Row.Amount),
        ExportColumn<PayeeLine<Split>>.Of("currency", line => line.Row.Amount.Currency),
        ExportColumn<PayeeLine<Split>>.Instant("availableAt", line => line.Row.AvailableAt),
        ExportColumn<PayeeLine<Split>>.Of("payoutId", line => line.Row.PayoutId?.ToString()),
        ExportColumn<PayeeLine<Split>>.Of("id", line => line.Row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<Beneficiary>> Beneficiaries { get; } =
    [
        ExportColumn<Beneficiary>.Of("code", row => row.Code),
        ExportColumn<Beneficiary>.Of("beneficiary", row => row.Name),
        ExportColumn<Beneficiary>.Code("kind", "payouts.kind", row => row.Kind.ToString()),
        ExportColumn<Beneficiary>.Code("way", "payouts.way", row => row.Way.ToString()),
        ExportColumn<Beneficiary>.Of("iban", row => row.Iban),
        ExportColumn<Beneficiary>.Of("wallet", row => row.WalletReference),
        ExportColumn<Beneficiary>.Code("schedule", "payouts.schedule", row => row.Schedule.ToString()),
        ExportColumn<Beneficiary>.Instant("accountSetAt", row => row.AccountSetAt),
        ExportColumn<Beneficiary>.Of("editedBy", row => row.EditedByName),
        ExportColumn<Beneficiary>.Of("id", row => row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<StatementImport>> Statements { get; } =
    [
        ExportColumn<StatementImport>.Instant("startedAt", row => row.StartedAt),
        ExportColumn<StatementImport>.Of("file", row => row.FileName),
        ExportColumn<StatementImport>.Code("status", "imports.status", row => row.Status.ToString()),
        ExportColumn<StatementImport>.Of("entries", row => $"{row.Entries}"),
        ExportColumn<StatementImport>.Of("added", row => $"{row.Added}"),
        ExportColumn<StatementImport>.Of("known", row => $"{row.Known}"),
        ExportColumn<StatementImport>.Of("debits", row => $"{row.Debits}"),
        ExportColumn<StatementImport>.Of("reversals", row => $"{row.Reversals}"),
        ExportColumn<StatementImport>.Of("broughtBy", row => row.BroughtBy),
        ExportColumn<StatementImport>.Of("sha256", row => row.Sha256),
        ExportColumn<StatementImport>.Of("id", row => row.Id.ToString()),
    ];

    internal static IReadOnlyList<ExportColumn<InvoiceImport>> Imports { get; } =
    [
        ExportColumn<InvoiceImport>.Instant("startedAt", row => row.StartedAt),
        ExportColumn<InvoiceImport>.Of("file", row => row.FileName),
        ExportColumn<InvoiceImport>.Code("status", "imports.status", row => row.Status.ToString()),
        ExportColumn<InvoiceImport>.Of("rows", row => $"{row.Rows}"),
        ExportColumn<InvoiceImport>.Of("accepted", row => $"{row.Accepted}"),
        ExportColumn<InvoiceImport>.Of("corrected", row => $"{row.Corrected}"),
        ExportColumn<InvoiceImport>.Of("unchanged", row => $"{row.Unchanged}"),
        ExportColumn<InvoiceImport>.Of("rejected", row => $"{row.Rejected}"),
        ExportColumn<InvoiceImport>.Of("broughtBy", row => row.BroughtBy),
        ExportColumn<InvoiceImport>.Of("sha256", row => row.Sha256),
        ExportColumn<InvoiceImport>.Of("id", row => row.Id.ToString()),
    ];
}
