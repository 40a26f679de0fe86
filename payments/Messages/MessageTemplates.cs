namespace CentralPay.Workflows.Payments.Messages;

/// <summary>What a message is for: other rules hold for each.</summary>
public enum MessagePurpose
{
    /// <summary>Asks for what is owed: only while it is owed, undisputed and unpromised, and not too often.</summary>
    Reminder,

    /// <summary>Tells the customer what happened.</summary>
    Notice,
}

/// <summary>A template of messages, with the languages it is written in.</summary>
/// <param name="Name">Its name (<c>reminder.first</c>).</param>
/// <param name="Purpose">What its messages are for.</param>
/// <param name="Languages">The languages, ISO 639-1, in the order they were written.</param>
public sealed record MessageTemplate(string Name, MessagePurpose Purpose, IReadOnlyList<string> Languages)
{
    private const string English = "en";

    /// <summary>The language for a customer: theirs if it is there, else the merchant's, else English, else the first.</summary>
    public string LanguageFor(string customerLanguage, string merchantLanguage) =>
        new[] { customerLanguage, merchantLanguage, English }.FirstOrDefault(Languages.Contains) ?? Languages[0];
}

/// <summary>The templates that come with the product.</summary>
public static class MessageTemplates
{
    /// <summary>The first reminder of an invoice.</summary>
    public const string ReminderFirst = "reminder.first";

    /// <summary>The second reminder.</summary>
    public const string ReminderSecond = "reminder.second";

    /// <summary>A part was paid; the rest is still owed.</summary>
    public const string ReminderPartlyPaid = "reminder.partly-paid";

    /// <summary>Everything was paid: thanks.</summary>
    public const string ReceiptPaid = "receipt.paid";

    /// <summary>The account will be debited: the SEPA pre-notification.</summary>
    public const string DebitUpcoming = "debit.upcoming";

    /// <summary>The account could not be debited.</summary>
    public const string DebitFailed = "debit.failed";

    /// <summary>The customer is asked to sign a mandate.</summary>
    public const string MandateRequest = "mandate.request";

    private static readonly string[] Written = ["fr", "en"];

    /// <summary>All templates.</summary>
    public static IReadOnlyList<MessageTemplate> All { get; } =
    [
        new(ReminderFirst, MessagePurpose.Reminder, Written),
        new(ReminderSecond, MessagePurpose.Reminder, Written),
        new(ReminderPartlyPaid, MessagePurpose.Reminder, Written),
        new(ReceiptPaid, MessagePurpose.Notice, Written),
        new(DebitUpcoming, MessagePurpose.Notice, Written),
        new(DebitFailed, MessagePurpose.Reminder, Written),
        new(MandateRequest, MessagePurpose.Reminder, Written),
    ];

    /// <summary>The template of a name, or null.</summary>
    public static MessageTemplate? Find(string name) => All.FirstOrDefault(template => template.Name == name);
}
