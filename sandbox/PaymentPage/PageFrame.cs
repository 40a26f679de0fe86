using System.Text;

namespace CentralPay.Workflows.Sandbox.PaymentPage;

/// <summary>The frame around every page of the sandbox, and the headers that keep it safe: no script, no foreign asset, no frame.</summary>
public static class PageFrame
{
    public static Markup Frame(string language, string title, string stylesheet, Markup body) => Markup.Of($"""
        <!doctype html>
        <html lang="{language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title}</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="{stylesheet}">
        </head>
        <body>
        {body}
        </body>
        </html>
        """);

    /// <summary>A page with its headers. <paramref name="formTarget"/> is another origin that a form may lead to: browsers hold a redirect after a form to the form’s rule.</summary>
    public static IResult Answer(HttpContext context, Markup page, int status = 200, string? formTarget = null)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; img-src data:; form-action 'self'{(formTarget is null ? "" : " " + formTarget)}; base-uri 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        // Not "no-referrer": browsers would then send "Origin: null" with our own forms.
        headers["Referrer-Policy"] = "same-origin";
        headers.XContentTypeOptions = "nosniff";
        return Results.Content(page.Text, "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    /// <summary>The stylesheet built into the assembly under this name.</summary>
    public static IResult Stylesheet(string name) =>
        Results.Stream(typeof(PageFrame).Assembly.GetManifestResourceStream(name)!, "text/css; charset=utf-8");

    /// <summary>Scheme, host and port of an address, as a content policy writes it.</summary>
    public static string? OriginOf(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : null;
}
