using System.Text.Encodings.Web;
using System.Text.Unicode;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Qr;

namespace CentralPay.Workflows.Server.Payer;

/// <summary>The payer page as static HTML: one file, its style inside, readable without JavaScript.</summary>
internal sealed class PayerPage(PayerWords words, string nonce)
{
    /// <summary>After how many seconds a page that waits looks again.</summary>
    public const int RefreshSeconds = 3;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public string Of(PayerView view)
    {
        var body = $"""<p class="who"><span aria-hidden="true">{Html(view.MerchantName[..1].ToUpper(words.Culture))}</span>{Html(view.MerchantName)}</p>""";
        body += view.State switch
        {
            PayerState.Paid => Notice("ok", "paid", words["paid-text", Money(view.Amount)]),
            PayerState.Ended => Notice("off", "ended", words["ended-text", view.MerchantEmail]),
            PayerState.Checking => Notice("wait", "checking", words["checking-text"]),
            PayerState.Debited => Notice("ok", "debited", words["debited-text", Money(view.Debit?.Amount ?? view.Remaining), Day(view), view.Debit?.AccountEnding ?? ""]),
            _ => Ways(view),
        };
        if (view.State != PayerState.Ended)
        {
            body += $"""<p class="help">{Html(words["help", view.MerchantEmail])}</p>""";
        }

        var waits = view.State is PayerState.Checking or PayerState.Preparing || view is { State: PayerState.ToPay, Debit.Step: DebitStep.Wait };
        var title = view.State == PayerState.ToPay ? words["title", view.MerchantName] : view.MerchantName;
        return Whole(title, body, $"/pay/{view.Token}", waits, script: view is { State: PayerState.ToPay, Iban: not null });
    }

    public string Unknown() => Whole(words["unknown"], Notice("off", "unknown", words["unknown-text"]), null, waits: false, script: false);

    private string Ways(PayerView view)
    {
        var partly = view.Paid.IsPositive;
        var html = $"""<h1 class="ask"><span class="label">{Html(words[partly ? "amount-remaining" : "amount-due"])} </span><span class="amount">{Html(Money(view.Remaining))}</span></h1>""";
        if (partly)
        {
            html += $"""<p class="part">{Html(words["of-total", Money(view.Amount), Money(view.Paid)])}</p>""";
        }

        var what = words["invoice", view.InvoiceNumber] + (view.Description is { Length: > 0 } description ? $" · {description}" : "");
        var due = words[view.IsOverdue ? "was-due" : "due", view.DueDate.ToString("D", words.Culture)];
        html += $"""<p class="what">{Html(what)}</p><p class="due{(view.IsOverdue ? " late" : "")}">{Html(due)}</p>""";
        if (view.State == PayerState.Preparing)
        {
            return html + Notice("wait", "preparing", words["preparing-text"]);
        }

        if (view.CardPage is not null)
        {
            html += $"""<form method="post" action="/pay/{view.Token}/card"><button>{Html(words["pay-by-card", Money(view.Remaining)])}</button></form><p class="hint">{Html(words["card-hint"])}</p>""";
        }

        return html + Debit(view) + Transfer(view);
    }

    private string Debit(PayerView view) => view.Debit switch
    {
        { Step: DebitStep.Sign } => $"""<h2>{Html(words["by-debit"])}</h2><form method="post" action="/pay/{view.Token}/mandate"><button class="second">{Html(words["sign-mandate"])}</button></form><p class="hint">{Html(words["sign-hint"])}</p>""",
        { Step: DebitStep.Wait } => $"""<h2>{Html(words["by-debit"])}</h2><p class="hint" role="status">{Html(words["debit-wait"])}</p>""",
        { Step: DebitStep.Pay } debit => $"""<h2>{Html(words["by-debit"])}</h2><form method="post" action="/pay/{view.Token}/debit"><button class="second">{Html(words["pay-by-debit", Money(view.Remaining)])}</button></form><p class="hint">{Html(words["debit-hint", Day(view), debit.AccountEnding ?? ""])}</p>""",
        _ => "",
    };

    private string Day(PayerView view) => view.Debit?.Day?.ToString("D", words.Culture) ?? "";

    private string Transfer(PayerView view)
    {
        if (view.Iban is null)
        {
            return "";
        }

        var qr = Convert.ToBase64String(QrImage.Png(new EpcTransfer { Name = view.MerchantName, Iban = view.Iban, Amount = view.Remaining, Reference = view.Reference }.ToText()));
        return $"""
            <h2>{Html(words["by-transfer"])}</h2><div class="transfer"><img src="data:image/png;base64,{qr}" alt="{Html(words["qr-alt"])}" width="116" height="116"><dl>
            <dt>{Html(words["iban"])}</dt><dd><b data-value="{Html(view.Iban)}">{Html(Iban.Format(view.Iban))}</b>{CopyButton()}</dd>
            <dt>{Html(words["reference"])}</dt><dd><b data-value="{Html(view.Reference)}">{Html(view.Reference)}</b>{CopyButton()}</dd>
            </dl></div><p class="hint">{Html(words["qr-hint"])}</p>
            """;
    }

    private string CopyButton() => $"""<button type="button" class="copy" hidden data-done="{Html(words["copied"])}">{Html(words["copy"])}</button>""";

    private string Notice(string kind, string title, string text) =>
        $"""<div class="notice {kind}" role="status"><h1>{Html(words[title])}</h1><p>{Html(text)}</p></div>""";

    private string Whole(string title, string body, string? self, bool waits, bool script) => $"""
        <!doctype html><html lang="{Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">{(waits ? Refresh(self!) : "")}<title>{Html(title)}</title><style nonce="{nonce}">{PayerStyle.Css}</style></head>
        <body><main>{(self is null ? "" : Switch(self))}{body}</main><footer>{Html(words["secure"])}</footer>{(script ? $"""<script nonce="{nonce}">{PayerStyle.CopyScript}</script>""" : "")}</body></html>
        """;

    private string Switch(string self)
    {
        var links = PayerWords.Languages.Select(language => language == Language
            ? $"""<b lang="{language}">{language.ToUpperInvariant()}</b>"""
            : $"""<a lang="{language}" hreflang="{language}" href="{self}?lang={language}">{language.ToUpperInvariant()}</a>""");
        return $"""<nav aria-label="{Html(words["language"])}">{string.Concat(links)}</nav>""";
    }

    private string Refresh(string self) => $"""<meta http-equiv="refresh" content="{RefreshSeconds};url={self}?lang={Language}">""";

    private string Language => words.Culture.TwoLetterISOLanguageName;

    private string Money(Money amount) => MoneyText.Format(amount, words.Culture);

    private static string Html(string text) => Encoder.Encode(text);
}
