namespace CentralPay.Workflows.Payments.Messages;

/// <summary>A message in its final words, ready for an e-mail.</summary>
public sealed record ComposedMessage
{
    /// <summary>The subject, in one line.</summary>
    public required string Subject { get; init; }

    /// <summary>The text as HTML.</summary>
    public required string Html { get; init; }

    /// <summary>The same for readers without HTML.</summary>
    public required string Text { get; init; }

    /// <summary>Pictures that the HTML shows by their content id.</summary>
    public required IReadOnlyList<InlineImage> InlineImages { get; init; }
}

/// <summary>A picture in a message.</summary>
/// <param name="ContentId">The id the HTML refers to it by (<c>cid:…</c>).</param>
/// <param name="Png">The picture.</param>
public sealed record InlineImage(string ContentId, byte[] Png);
