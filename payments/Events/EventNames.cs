namespace CentralPay.Workflows.Payments.Events;

/// <summary>The names of all events, one for each thing that can happen; <c>docs/events.md</c> gives an example of each.</summary>
public static class EventNames
{
    /// <summary>An invoice came in. Data: number, scenarioId.</summary>
    public const string InvoiceImported = "invoice.imported";

    /// <summary>An invoice came again with another amount or due date. Data: number, changes.</summary>
    public const string InvoiceCorrected = "invoice.corrected";

    /// <summary>Nothing is owed on an invoice any more. Data: number.</summary>
    public const string InvoicePaid = "invoice.paid";

    /// <summary>A payment was taken back, by the payer's bank or because its match was undone, or a paid invoice asks for more: something is owed again. Data: number, reason; of an undo and a correction also scenarioId, wasPaid, transferId.</summary>
    public const string InvoiceReopened = "invoice.reopened";

    /// <summary>The customer contests an invoice: nobody reminds meanwhile. Data: number, by.</summary>
    public const string InvoiceDisputed = "invoice.disputed";

    /// <summary>A dispute about an invoice was settled. Data: number, by.</summary>
    public const string InvoiceDisputeEnded = "invoice.dispute_ended";

    /// <summary>The customer promised to pay an invoice by a day: nobody reminds before. Data: number, until, by.</summary>
    public const string InvoicePromised = "invoice.promised";

    /// <summary>A promise to pay was taken back. Data: number, by.</summary>
    public const string InvoicePromiseEnded = "invoice.promise_ended";

    /// <summary>The merchant's ERP, or a person, tells something about an invoice that only they know. Data: number, event, by, with.</summary>
    public const string InvoiceTold = "invoice.told";

    /// <summary>A payment request exists at the gateway. Data: number.</summary>
    public const string RequestCreated = "payment_request.created";

    /// <summary>A part of a payment request was paid. Data: paidMinor, remainingMinor.</summary>
    public const string RequestPartlyPaid = "payment_request.partly_paid";

    /// <summary>A payment request was paid whole. Data: paidMinor.</summary>
    public const string RequestPaid = "payment_request.paid";

    /// <summary>A payment request can no longer be paid. Data: reason.</summary>
    public const string RequestClosed = "payment_request.closed";

    /// <summary>Money was received. Data: method, reference.</summary>
    public const string PaymentReceived = "payment.received";

    /// <summary>Money that was received went back to the payer. Data: method, reason, doubleRefundRisk.</summary>
    public const string PaymentReturned = "payment.returned";

    /// <summary>A customer is asked to sign a mandate. Data: reference, scheme.</summary>
    public const string MandateRequested = "mandate.requested";

    /// <summary>A mandate was signed. Data: reference, scheme, accountEnding.</summary>
    public const string MandateSigned = "mandate.signed";

    /// <summary>A mandate was withdrawn, or refused by the debtor's bank. Data: reference, reason.</summary>
    public const string MandateCancelled = "mandate.cancelled";

    /// <summary>A mandate lapsed: 36 months without a debit. Data: reference.</summary>
    public const string MandateExpired = "mandate.expired";

    /// <summary>A direct debit is to be made. Data: number, collectOn, attempt.</summary>
    public const string DebitCreated = "debit.created";

    /// <summary>A direct debit comes, and the customer is told. Data: number, collectOn, reference.</summary>
    public const string DebitUpcoming = "debit.upcoming";

    /// <summary>A direct debit brought its money. Data: number, attempt.</summary>
    public const string DebitSettled = "debit.settled";

    /// <summary>A direct debit brought no money. Data: number, attempt, failure, code, cure.</summary>
    public const string DebitFailed = "debit.failed";

    /// <summary>A direct debit's money went back after it had come. Data: number, attempt, code, cure, doubleRefundRisk.</summary>
    public const string DebitReturned = "debit.returned";

    /// <summary>A direct debit was withdrawn before money moved. Data: reason.</summary>
    public const string DebitCancelled = "debit.cancelled";

    /// <summary>More came than was owed; the rest is the customer's credit. Data: method, paymentId.</summary>
    public const string CreditCreated = "credit.created";

    /// <summary>A bank transfer came in. Data: iban, debtorName, remittance.</summary>
    public const string TransferReceived = "transfer.received";

    /// <summary>A bank transfer found its invoice. Data: reasons.</summary>
    public const string TransferMatched = "transfer.matched";

    /// <summary>A bank transfer needs a person's decision. Data: reasons.</summary>
    public const string TransferUnmatched = "transfer.unmatched";

    /// <summary>The match of a bank transfer was taken back: its money waits for a decision again. Data: by, invoices.</summary>
    public const string TransferUndone = "transfer.undone";

    /// <summary>A message is planned. Data: channel, template, dueAt.</summary>
    public const string MessagePlanned = "message.planned";

    /// <summary>A message was handed to its channel. Data: channel, template.</summary>
    public const string MessageSent = "message.sent";

    /// <summary>A message was not sent, because there was no reason any more. Data: channel, template, reason.</summary>
    public const string MessageCancelled = "message.cancelled";

    /// <summary>A message could not be sent. Data: channel, template, reason.</summary>
    public const string MessageFailed = "message.failed";

    /// <summary>Another message to the customer told of the invoice too. Data: channel, template, message.</summary>
    public const string MessageCovered = "message.covered";

    /// <summary>The customer's telephone has a message. Data: channel, template.</summary>
    public const string MessageDelivered = "message.delivered";

    /// <summary>A message left, but did not reach the customer. Data: channel, template, error.</summary>
    public const string MessageUndelivered = "message.undelivered";

    /// <summary>A customer gets nothing more on a channel, because they said so. Data: channel.</summary>
    public const string CustomerOptedOut = "customer.opted_out";

    /// <summary>A task was created for a person. Data: kind, title.</summary>
    public const string TaskCreated = "task.created";

    /// <summary>A task was done. Data: kind, outcome, by.</summary>
    public const string TaskCompleted = "task.completed";

    /// <summary>A payout waits for a signature, or grew. Data: reference, beneficiary, operations.</summary>
    public const string PayoutProposed = "payout.proposed";

    /// <summary>A payout was signed. Data: reference, beneficiary, by.</summary>
    public const string PayoutApproved = "payout.approved";

    /// <summary>A payout was paid. Data: reference, beneficiary, operations.</summary>
    public const string PayoutCompleted = "payout.completed";

    /// <summary>A payout was refused by the gateway or bank; nothing was paid. Data: reference, beneficiary, reason.</summary>
    public const string PayoutFailed = "payout.failed";

    /// <summary>Something outside was answered. Data: key, outcome, answer.</summary>
    public const string EffectAnswered = "effect.answered";

    /// <summary>Something outside was given up after all tries, or its outcome is not known. Data: key, kind, error.</summary>
    public const string EffectFailed = "effect.failed";

    /// <summary>A file of invoices was taken in. Data: fileName, accepted, corrected, unchanged, rejected.</summary>
    public const string ImportCompleted = "import.completed";

    /// <summary>A file of bank statements was taken in. Data: fileName, added, known, debits, reversals.</summary>
    public const string StatementImported = "statement.imported";

    /// <summary>A file in the drop folder was refused. Data: fileName, errors.</summary>
    public const string DropRejected = "drop.rejected";

    /// <summary>A case asks another program to do something, and waits. Subject: the case. Data: taskId, task, number, with.</summary>
    public const string StepAsked = "step.asked";

    /// <summary>Every name, for subscriptions and documentation.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        InvoiceImported, InvoiceCorrected, InvoicePaid, InvoiceReopened, InvoiceDisputed, InvoiceDisputeEnded, InvoicePromised, InvoicePromiseEnded, InvoiceTold,
        RequestCreated, RequestPartlyPaid, RequestPaid, RequestClosed,
        PaymentReceived, PaymentReturned, CreditCreated,
        MandateRequested, MandateSigned, MandateCancelled, MandateExpired,
        DebitCreated, DebitUpcoming, DebitSettled, DebitFailed, DebitReturned, DebitCancelled,
        TransferReceived, TransferMatched, TransferUnmatched, TransferUndone,
        MessagePlanned, MessageSent, MessageCancelled, MessageFailed, MessageCovered, MessageDelivered, MessageUndelivered, CustomerOptedOut,
        TaskCreated, TaskCompleted,
        PayoutProposed, PayoutApproved, PayoutCompleted, PayoutFailed,
        EffectAnswered, EffectFailed, StepAsked, ImportCompleted, StatementImported, DropRejected,
    ];
}
