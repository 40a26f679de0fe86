namespace CentralPay.Workflows.Payments.Messages;

/// <summary>What a text is written for.</summary>
public enum TextChannel
{
    /// <summary>An e-mail: subject, HTML and text.</summary>
    Email,

    /// <summary>An SMS: text.</summary>
    Sms,

    /// <summary>A JSON callback: a document.</summary>
    Json,
}

/// <summary>A text with its tags, as it is written and edited.</summary>
public sealed record TextSource
{
    /// <summary>The subject, for e-mail; null for others.</summary>
    public string? Subject { get; init; }

    /// <summary>The line that mailboxes show behind the subject; null for none.</summary>
    public string? Preheader { get; init; }

    /// <summary>What the e-mail says, as HTML: a part that our frame goes around, or a whole document. Null for others.</summary>
    public string? Html { get; init; }

    /// <summary>The SMS, the JSON document, or the e-mail for readers without HTML; there null makes it from the HTML.</summary>
    public string? Text { get; init; }
}
