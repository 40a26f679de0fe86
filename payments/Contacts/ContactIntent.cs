using CentralPay.Workflows.Payments.Messages;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>What a case wants to tell a customer.</summary>
public sealed record ContactIntent
{
    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The invoice it is about.</summary>
    public required Guid InvoiceId { get; init; }

    /// <summary>The payment request whose link it carries; null for none.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>The template (<see cref="MessageTemplates"/>).</summary>
    public required string Template { get; init; }

    /// <summary>How it travels, if the customer can be reached that way; null for the customer's preferred channel.</summary>
    public MessageChannel? Channel { get; init; } = MessageChannel.Email;

    /// <summary>Unique in a merchant: what is wanted twice under one key is told once. Also the key of the effect.</summary>
    public required string Key { get; init; }

    /// <summary>The case that wants it; null for none.</summary>
    public Guid? CaseId { get; init; }
}

/// <summary>What came of an intent: a planned message, or the reason why there is none.</summary>
/// <param name="Message">The message, due at its time; null when none is planned.</param>
/// <param name="NotPlannedReason">Why not, as a code of <see cref="ContactReasons"/>; null when one is planned.</param>
public sealed record ContactPlan(Message? Message, string? NotPlannedReason);

/// <summary>Why a customer is not contacted, or not now. Pages put the codes into words.</summary>
public static class ContactReasons
{
    /// <summary>Nothing is owed any more.</summary>
    public const string Paid = "paid";

    /// <summary>The invoice was withdrawn.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>The customer contests the invoice.</summary>
    public const string Disputed = "disputed";

    /// <summary>The customer promised to pay, and the day has not passed.</summary>
    public const string Promised = "promised";

    /// <summary>The customer is excluded from reminders.</summary>
    public const string Excluded = "excluded";

    /// <summary>The customer asked for no more messages.</summary>
    public const string OptedOut = "opted-out";

    /// <summary>Everything that happens by itself is stopped for the customer.</summary>
    public const string Stopped = "stopped";

    /// <summary>No e-mail address is known.</summary>
    public const string NoEmail = "no-email";

    /// <summary>No telephone number is known.</summary>
    public const string NoPhone = "no-phone";

    /// <summary>The number is none that messages can be sent to.</summary>
    public const string NumberInvalid = "number-invalid";

    /// <summary>Messages do not travel this way here.</summary>
    public const string NoChannel = "no-channel";

    /// <summary>The message was settled before.</summary>
    public const string Settled = "settled";

    /// <summary>What it is about is not there any more.</summary>
    public const string Gone = "gone";

    /// <summary>It is night for the merchant's customers.</summary>
    public const string QuietHours = "quiet-hours";

    /// <summary>The customer was told about this invoice shortly before.</summary>
    public const string MinimumInterval = "minimum-interval";

    /// <summary>The customer was reminded today already, of other invoices.</summary>
    public const string SameDay = "same-day";

    /// <summary>Another message tells of it.</summary>
    public const string Covered = "covered";

    /// <summary>The case that planned it was ended before its own end.</summary>
    public const string CaseEnded = "case-ended";

    /// <summary>The case that planned it is paused: it waits until that goes on.</summary>
    public const string CasePaused = "case-paused";

    /// <summary>Every code, for the test that each has a text.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Paid, Withdrawn, Disputed, Promised, Excluded, OptedOut, Stopped, NoEmail, NoPhone, NumberInvalid, NoChannel, Settled, Gone, QuietHours, MinimumInterval, SameDay, Covered, CaseEnded, CasePaused];
}
