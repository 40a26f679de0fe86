using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Events;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Overview;

/// <summary>An event as a person reads it: "Payment of 120,00 € received from Dupont SARL, invoice F-2026-0012".</summary>
/// <param name="Id">The event.</param>
/// <param name="At">When it happened (business time).</param>
/// <param name="Text">The sentence.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Tone">Its colour class; null for none.</param>
/// <param name="Href">The page about it; null for none.</param>
public sealed record EventSentence(Guid Id, DateTimeOffset At, string Text, string Icon, string? Tone, string? Href)
{
    /// <summary>The events worth a line on the live page; the others stand in the invoice's own timeline.</summary>
    public static IReadOnlyList<string> Newsworthy { get; } =
    [
        EventNames.PaymentReceived, EventNames.InvoicePaid, EventNames.InvoiceCorrected, EventNames.CreditCreated,
        EventNames.MandateSigned, EventNames.DebitUpcoming, EventNames.DebitFailed, EventNames.DebitReturned,
        EventNames.TransferReceived, EventNames.TransferMatched, EventNames.TransferUnmatched, EventNames.TransferUndone, EventNames.InvoiceReopened,
        EventNames.MessageSent, EventNames.MessageFailed, EventNames.MessageUndelivered, EventNames.CustomerOptedOut, EventNames.TaskCreated, EventNames.TaskCompleted,
        EventNames.PayoutProposed, EventNames.PayoutApproved, EventNames.PayoutCompleted, EventNames.PayoutFailed,
        EventNames.InvoiceDisputed, EventNames.InvoicePromised, EventNames.EffectFailed, EventNames.ImportCompleted, EventNames.StatementImported, EventNames.DropRejected,
    ];

    /// <summary>Writes the sentence; names may be missing, and the sentence is then the shorter.</summary>
    public static EventSentence Of(DomainEvent happened, string? customer, string? invoice, IStringLocalizer<Phrases> say, Display show)
    {
        ArgumentNullException.ThrowIfNull(happened);
        ArgumentNullException.ThrowIfNull(say);
        ArgumentNullException.ThrowIfNull(show);
        var amount = happened is { AmountMinor: { } minor, Currency: { } currency } ? show.Money(minor, currency) : "";
        var key = $"event.{happened.Name}";
        var text = say.Code(key, customer is not null && invoice is not null ? "full" : "short", happened.Name);
        var (icon, tone) = LookOf(happened.Name);
        return new EventSentence(
            happened.Id,
            happened.At,
            string.Format(CultureInfo.CurrentCulture, text, amount, customer, invoice, Detail(happened, say, show)).Replace(" ,", ",", StringComparison.Ordinal).Trim(),
            icon,
            tone,
            HrefOf(happened));
    }

    private static string Detail(DomainEvent happened, IStringLocalizer<Phrases> say, Display show) => happened.Name switch
    {
        EventNames.InvoicePromised when DateOnly.TryParse(Data(happened, "until"), CultureInfo.InvariantCulture, out var until) => show.LongDate(until),
        EventNames.MessageSent or EventNames.MessagePlanned or EventNames.MessageCancelled or EventNames.MessageFailed
            or EventNames.MessageCovered or EventNames.MessageDelivered or EventNames.MessageUndelivered =>
            say.Code("template", Data(happened, "template") ?? "", Data(happened, "template")),
        EventNames.InvoiceTold => Data(happened, "event") ?? "",
        EventNames.StepAsked => Data(happened, "task") ?? "",
        EventNames.CustomerOptedOut => say.Code("templates.channel", Data(happened, "channel") ?? "", ""),
        EventNames.TaskCreated or EventNames.TaskCompleted => Data(happened, "title") ?? "",
        EventNames.EffectFailed => say.Code("effect", Data(happened, "kind") ?? "", Data(happened, "kind")),
        EventNames.PaymentReceived => say.Code("method", Data(happened, "method") ?? "", ""),
        EventNames.TransferReceived or EventNames.TransferUnmatched => Data(happened, "debtorName") ?? "",
        EventNames.PayoutProposed or EventNames.PayoutApproved or EventNames.PayoutCompleted or EventNames.PayoutFailed => Data(happened, "beneficiary") ?? "",
        EventNames.DebitFailed or EventNames.DebitReturned => Data(happened, "code") is { Length: > 0 } code ? $"({code})" : "",
        EventNames.StatementImported or EventNames.DropRejected => Data(happened, "fileName") ?? "",
        EventNames.ImportCompleted => Data(happened, "fileName") ?? Data(happened, "accepted") ?? "",
        _ => Data(happened, "number") ?? "",
    };

    private static string? Data(DomainEvent happened, string name)
    {
        using var data = JsonDocument.Parse(happened.DataJson);
        return data.RootElement.ValueKind == JsonValueKind.Object && data.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ToString()
            : null;
    }

    private static (string Icon, string? Tone) LookOf(string name) => name switch
    {
        EventNames.PaymentReceived or EventNames.RequestPartlyPaid => ("payments", "paid"),
        EventNames.InvoicePaid or EventNames.RequestPaid => ("check_circle", "paid"),
        EventNames.CreditCreated => ("savings", "paid"),
        EventNames.DebitSettled => ("account_balance", "paid"),
        EventNames.DebitCreated or EventNames.DebitUpcoming => ("account_balance", null),
        EventNames.DebitFailed => ("money_off", "failed"),
        EventNames.DebitReturned or EventNames.PaymentReturned => ("assignment_return", "failed"),
        EventNames.InvoiceReopened => ("undo", "late"),
        EventNames.MandateRequested => ("edit_document", null),
        EventNames.MandateSigned => ("signature", "paid"),
        EventNames.MandateCancelled or EventNames.MandateExpired or EventNames.DebitCancelled => ("block", null),
        EventNames.TransferReceived => ("sync_alt", null),
        EventNames.TransferMatched => ("link", "paid"),
        EventNames.TransferUnmatched => ("help", "late"),
        EventNames.TransferUndone => ("undo", "late"),
        EventNames.StatementImported => ("account_balance", null),
        EventNames.DropRejected => ("error", "failed"),
        EventNames.MessageSent => ("mail", null),
        EventNames.MessagePlanned => ("schedule_send", null),
        EventNames.MessageCovered => ("stacked_email", null),
        EventNames.MessageDelivered => ("done_all", "paid"),
        EventNames.MessageUndelivered => ("error", "failed"),
        EventNames.CustomerOptedOut => ("unsubscribe", "late"),
        EventNames.MessageCancelled => ("cancel_schedule_send", null),
        EventNames.MessageFailed or EventNames.EffectFailed => ("error", "failed"),
        EventNames.PayoutProposed => ("draw", "late"),
        EventNames.PayoutApproved => ("schedule_send", null),
        EventNames.PayoutCompleted => ("account_balance_wallet", "paid"),
        EventNames.PayoutFailed => ("error", "failed"),
        EventNames.TaskCreated => ("assignment", "late"),
        EventNames.TaskCompleted => ("task_alt", "paid"),
        EventNames.ImportCompleted or EventNames.InvoiceImported => ("upload_file", null),
        EventNames.InvoiceCorrected => ("edit", null),
        EventNames.InvoiceDisputed => ("gavel", "failed"),
        EventNames.InvoiceDisputeEnded => ("gavel", "paid"),
        EventNames.InvoicePromised => ("handshake", "paid"),
        EventNames.InvoicePromiseEnded => ("undo", null),
        EventNames.InvoiceTold => ("campaign", null),
        EventNames.StepAsked => ("forward_to_inbox", null),
        EventNames.RequestCreated => ("request_quote", null),
        EventNames.RequestClosed => ("block", null),
        _ => ("circle", null),
    };

    private static string? HrefOf(DomainEvent happened) => happened.Name switch
    {
        EventNames.ImportCompleted => "/imports",
        EventNames.PayoutProposed or EventNames.PayoutApproved or EventNames.PayoutCompleted or EventNames.PayoutFailed => $"/payouts/{happened.SubjectId}",
        EventNames.StatementImported or EventNames.DropRejected => "/statements",
        EventNames.TransferUnmatched or EventNames.TransferUndone when happened.SubjectId is { } transferId => $"/transfers?transfer={transferId}",
        _ when happened.InvoiceId is { } invoiceId => $"/collections/{invoiceId}",
        EventNames.TransferReceived or EventNames.TransferMatched => "/transfers",
        EventNames.TaskCreated or EventNames.TaskCompleted => "/tasks",
        _ => null,
    };
}
