namespace CentralPay.Workflows.Server.Mail;

/// <summary>One e-mail, ready to leave.</summary>
public sealed record OutgoingMail
{
    /// <summary>The Message-ID, without angle brackets: the same for each try of the same effect.</summary>
    public required string MessageId { get; init; }

    /// <summary>The sender's address.</summary>
    public required string FromAddress { get; init; }

    /// <summary>The sender's name.</summary>
    public required string FromName { get; init; }

    /// <summary>The receiver's address.</summary>
    public required string ToAddress { get; init; }

    /// <summary>The receiver's name.</summary>
    public required string ToName { get; init; }

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The text for clients that show no HTML.</summary>
    public required string Text { get; init; }

    /// <summary>The HTML; images are referred to as <c>cid:…</c>.</summary>
    public required string Html { get; init; }

    /// <summary>PNG images by their content id.</summary>
    public IReadOnlyList<(string ContentId, byte[] Png)> Images { get; init; } = [];
}
