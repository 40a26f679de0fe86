namespace CentralPay.Workflows.Payments.Messages;

/// <summary>A message in its final words.</summary>
public sealed record ComposedMessage
{
    /// <summary>The subject, in one line; of an SMS its beginning.</summary>
    public required string Subject { get; init; }

    /// <summary>The text as HTML; of an SMS as it is shown to us.</summary>
    public required string Html { get; init; }

    /// <summary>The same for readers without HTML; of an SMS the text that is sent.</summary>
    public required string Text { get; init; }

    /// <summary>Pictures that the HTML shows by their content id.</summary>
    public required IReadOnlyList<InlineImage> InlineImages { get; init; }

    /// <summary>How many SMS segments it takes; null for an e-mail.</summary>
    public int? Segments { get; init; }

    /// <summary>The version of the merchant's own text it is written with; null for a text of the product.</summary>
    public int? TextVersion { get; init; }
}

/// <summary>A picture in a message.</summary>
/// <param name="ContentId">The id the HTML refers to it by (<c>cid:…</c>).</param>
/// <param name="Png">The picture.</param>
public sealed record InlineImage(string ContentId, byte[] Png);
