namespace CentralPay.Workflows.Server.Mail;

/// <summary>How e-mails leave; section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>Where e-mails are written as <c>.eml</c> files instead of being sent. Empty: they go over SMTP.</summary>
    public string PickupDirectory { get; set; } = "";

    /// <summary>The SMTP server.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port: 587 with STARTTLS, 25 without.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whether the connection must be encrypted by STARTTLS before anything is sent.</summary>
    public bool StartTls { get; set; } = true;

    /// <summary>A PEM file with the authority that signed the server's certificate, where it is one of the company's own; empty for those the machine trusts.</summary>
    public string CertificateAuthority { get; set; } = "";

    /// <summary>The account at the SMTP server; empty for none.</summary>
    public string User { get; set; } = "";

    /// <summary>The account's password.</summary>
    public string Password { get; set; } = "";

    /// <summary>How long one step of the conversation may take, in seconds.</summary>
    public int StepTimeoutSeconds { get; set; } = 20;
}
