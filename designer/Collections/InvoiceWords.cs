using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Invoices;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Collections;

/// <summary>How an invoice stands, in a word and in a sentence.</summary>
internal static class InvoiceWords
{
    /// <summary>Word, icon and colour for the lists.</summary>
    public static (string Key, string Icon, string? Tone) StateOf(Invoice invoice, DateOnly today) => invoice switch
    {
        { Status: InvoiceStatus.Cancelled } => ("cancelled", "block", null),
        { Status: InvoiceStatus.Paid } => ("paid", "check_circle", "paid"),
        { Disputed: true } => ("disputed", "gavel", "failed"),
        { PromisedUntil: { } until } when until >= today => ("promised", "handshake", "info"),
        _ when invoice.DueDate < today => (invoice.Status == InvoiceStatus.PartlyPaid ? "partlyLate" : "late", "schedule", "late"),
        { Status: InvoiceStatus.PartlyPaid } => ("partly", "timelapse", null),
        _ => ("open", "radio_button_unchecked", null),
    };

    /// <summary>"32 days late. 60,00 € of 120,00 € are still owed."</summary>
    public static string Sentence(Invoice invoice, IStringLocalizer<Phrases> say, Display show) => invoice switch
    {
        { Status: InvoiceStatus.Cancelled } => say["invoice.sentence.cancelled"],
        { Status: InvoiceStatus.Paid, PaidAt: { } paid } => say["invoice.sentence.paidOn", show.LongDate(show.DayOf(paid))],
        { Status: InvoiceStatus.Paid } => say["invoice.sentence.paid"],
        { Disputed: true } => say["invoice.sentence.disputed", show.Money(invoice.Open)],
        { PromisedUntil: { } until } when until >= show.Today => say["invoice.sentence.promised", show.Money(invoice.Open), show.LongDate(until)],
        _ => say["invoice.sentence.owed", show.Money(invoice.Open), show.Due(invoice.DueDate)],
    };
}
