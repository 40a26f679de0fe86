namespace CentralPay.Workflows.Payments.Messages;

/// <summary>What a message is for: other rules hold for each.</summary>
public enum MessagePurpose
{
    /// <summary>Asks for what is owed: only while it is owed, undisputed and unpromised, and not too often.</summary>
    Reminder,

    /// <summary>Tells the customer what happened.</summary>
    Notice,

    /// <summary>Tells a colleague.</summary>
    Alert,

    /// <summary>Tells a program.</summary>
    Callback,
}

/// <summary>A template of messages, with the languages the product has it in.</summary>
/// <param name="Name">Its name (<c>reminder.first</c>).</param>
/// <param name="Purpose">What its messages are for.</param>
/// <param name="Languages">The languages, ISO 639-1, in the order they were written; a merchant adds others with texts of their own.</param>
/// <param name="Channels">The ways its messages travel.</param>
public sealed record MessageTemplate(string Name, MessagePurpose Purpose, IReadOnlyList<string> Languages, IReadOnlyList<TextChannel> Channels)
{
    private const string English = "en";

    /// <summary>Whether a scenario chooses it; the others are chosen by the product itself.</summary>
    public bool IsForScenarios { get; init; } = true;

    /// <summary>Whether a reminder may become one message with others of the day; what says more than that money is owed goes alone.</summary>
    public bool IsMerged { get; init; } = true;

    /// <summary>The language for a customer: theirs if it is there, else the merchant's, else English, else the first.</summary>
    /// <param name="customerLanguage">The customer's language.</param>
    /// <param name="merchantLanguage">The merchant's language.</param>
    /// <param name="written">The languages there are; null for the product's own.</param>
    public string LanguageFor(string customerLanguage, string merchantLanguage, IReadOnlyCollection<string>? written = null) =>
        new[] { customerLanguage, merchantLanguage, English }.FirstOrDefault((written ?? Languages).Contains) ?? (written ?? Languages).First();
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

    /// <summary>Several invoices in one message, whichever reminder each of them wanted.</summary>
    public const string ReminderSeveral = "reminder.several";

    /// <summary>Everything was paid: thanks.</summary>
    public const string ReceiptPaid = "receipt.paid";

    /// <summary>The account will be debited: the SEPA pre-notification.</summary>
    public const string DebitUpcoming = "debit.upcoming";

    /// <summary>The account could not be debited.</summary>
    public const string DebitFailed = "debit.failed";

    /// <summary>The customer is asked to sign a mandate.</summary>
    public const string MandateRequest = "mandate.request";

    /// <summary>What a colleague is alerted of.</summary>
    public const string AlertColleague = "alert.colleague";

    /// <summary>What the names of JSON callbacks begin with; the event follows (<c>callback.invoice.paid</c>).</summary>
    public const string CallbackPrefix = "callback.";

    private static readonly string[] Written = ["fr", "en"];
    private static readonly string[] Wordless = ["en"];
    private static readonly TextChannel[] ToCustomers = [TextChannel.Email, TextChannel.Sms];
    private static readonly TextChannel[] ToColleagues = [TextChannel.Email];
    private static readonly TextChannel[] ToPrograms = [TextChannel.Json];

    /// <summary>All templates.</summary>
    public static IReadOnlyList<MessageTemplate> All { get; } =
    [
        new(ReminderFirst, MessagePurpose.Reminder, Written, ToCustomers),
        new(ReminderSecond, MessagePurpose.Reminder, Written, ToCustomers),
        new(ReminderPartlyPaid, MessagePurpose.Reminder, Written, ToCustomers),
        new(ReminderSeveral, MessagePurpose.Reminder, Written, ToCustomers) { IsForScenarios = false },
        new(ReceiptPaid, MessagePurpose.Notice, Written, ToCustomers),
        new(DebitUpcoming, MessagePurpose.Notice, Written, ToCustomers),
        new(DebitFailed, MessagePurpose.Reminder, Written, ToCustomers) { IsMerged = false },
        new(MandateRequest, MessagePurpose.Reminder, Written, ToCustomers) { IsMerged = false },
        new(AlertColleague, MessagePurpose.Alert, Written, ToColleagues) { IsForScenarios = false },
        new(CallbackPrefix + "invoice.paid", MessagePurpose.Callback, Wordless, ToPrograms) { IsForScenarios = false },
        new(CallbackPrefix + "invoice.partly_paid", MessagePurpose.Callback, Wordless, ToPrograms) { IsForScenarios = false },
        new(CallbackPrefix + "invoice.overdue", MessagePurpose.Callback, Wordless, ToPrograms) { IsForScenarios = false },
    ];

    /// <summary>The template of a name, the product's or a merchant's own; null where it is none.</summary>
    public static MessageTemplate? Find(string name) => All.FirstOrDefault(template => template.Name == name) ?? OwnTemplates.Find(name);
}
