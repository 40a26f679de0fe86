using System.Net;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Qr;

namespace CentralPay.Workflows.Designer.Messages;

/// <summary>A message's text as a browser shows it: the picture that travelled beside it is put into it.</summary>
internal static partial class Letter
{
    private const string PictureAddress = "cid:" + MessageComposer.QrContentId;

    /// <param name="html">The text as it was kept.</param>
    /// <param name="linkToken">The token of the payment page it links to; null when it links to none.</param>
    public static string Of(string html, string? linkToken)
    {
        if (linkToken is null || !html.Contains(PictureAddress, StringComparison.Ordinal))
        {
            return html;
        }

        // The very link that was sent: the page's address may have changed since.
        var link = Link().Matches(html).Select(found => WebUtility.HtmlDecode(found.Groups[1].Value)).FirstOrDefault(found => found.EndsWith(linkToken, StringComparison.Ordinal));
        return link is null ? html : html.Replace(PictureAddress, "data:image/png;base64," + Convert.ToBase64String(QrImage.Png(link)), StringComparison.Ordinal);
    }

    /// <summary>A message that is only looked at, with its own pictures in it.</summary>
    public static string WithPictures(ComposedMessage composed) => composed.InlineImages.Aggregate(
        composed.Html, (html, image) => html.Replace($"cid:{image.ContentId}", "data:image/png;base64," + Convert.ToBase64String(image.Png), StringComparison.Ordinal));

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Link();
}
