using System.Globalization;
using CentralPay.Workflows.Sandbox.Accounts;
using CentralPay.Workflows.Sandbox.Bank;
using CentralPay.Workflows.Sandbox.Debits;
using CentralPay.Workflows.Sandbox.PaymentPage;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Time;
using CentralPay.Workflows.Sandbox.Webhooks;

namespace CentralPay.Workflows.Sandbox.Home;

/// <summary>What the sandbox's own page shows.</summary>
public sealed record HomeFacts
{
    public required DateTimeOffset Now { get; init; }
    public required string PublicUrl { get; init; }
    public required IReadOnlyList<Account> Accounts { get; init; }
    public required IReadOnlyList<PaymentRequest> Requests { get; init; }
    public required IReadOnlyList<Transfer> Transfers { get; init; }
    public required IReadOnlyList<Mandate> Mandates { get; init; }
    public required IReadOnlyList<DirectDebit> Debits { get; init; }
    public required IReadOnlyList<Webhook> Webhooks { get; init; }
}

/// <summary>The sandbox's own page as HTML.</summary>
public static class HomeHtml
{
    private const string SamplePayerIban = "FR1420041010050500013M02606";
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-IE");

    public static Markup Page(HomeFacts facts, TransferForm form) => PageFrame.Frame("en", "CentralPay sandbox", "/sandbox/home.css", Markup.Of($"""
        <header>
        <h1>CentralPay sandbox</h1>
        <p>Stands in for the gateway and the payer’s bank. No real money moves.</p>
        <p class="clock"><span>Business time</span> <strong>{Moment(facts.Now, "dddd d MMMM yyyy, HH:mm:ss")}</strong> <a href="/">Refresh</a></p>
        </header>
        <main>
        <section class="transfer"><h2>Make a transfer</h2>{TransferFields(form)}</section>
        <section><h2>Payment requests</h2>{Requests(facts)}</section>
        <section><h2>Transfers received</h2>{Transfers(facts)}</section>
        <section><h2>Mandates</h2>{Mandates(facts)}</section>
        <section><h2>Direct debits</h2>{Debits(facts)}</section>
        <section><h2>Webhooks</h2>{Webhooks(facts)}</section>
        </main>
        <footer>Accounts: {string.Join(", ", facts.Accounts.Select(account => $"{account.MerchantName} ({account.Login})"))}{Markup.If(facts.Accounts.Count == 0, () => Markup.Of($"none yet; open one with PUT /sandbox/accounts/…"))}</footer>
        """));

    private static Markup TransferFields(TransferForm form) => Markup.Of($"""
        {Markup.If(form.Done is not null, () => Markup.Of($"""<p class="notice good" role="status">{form.Done}</p>"""))}
        {Markup.If(form.Problem is not null, () => Markup.Of($"""<p class="notice bad" role="alert">{form.Problem}</p>"""))}
        <form method="post" action="/">
        {Field("iban", "To IBAN (of the payment request)", form.Order.Iban, "")}
        {Field("amount", "Amount in EUR", form.Amount, "inputmode=decimal")}
        {Field("debtorName", "From", form.Order.DebtorName ?? "Dupont SARL", "maxlength=70")}
        {Field("debtorIban", "From IBAN", form.Order.DebtorIban ?? SamplePayerIban, "")}
        {Field("remittance", "Label", form.Order.Remittance, "maxlength=140", false)}
        <button>Send transfer</button>
        </form>
        """);

    private static Markup Requests(HomeFacts facts) => Table(
        "Requests made by the API appear here, with the link of each payer’s page.",
        ["Created", "Reference", "Amount", "Paid", "State", "IBAN", "Pay"],
        facts.Requests.Select(request => new[]
        {
            Text(Moment(request.CreationDate)), Text(request.MerchantPaymentRequestId), Text(Money(request.TotalAmount, request.Currency)),
            Text(Money(request.PaidAmount, request.Currency)), State(request), IbanLink(request),
            Markup.Join(request.Breakdowns.OrderBy(b => b.Number).Select((b, index) => Markup.Of(
                $"""<a href="{BreakdownAnswer.EndpointOf(b, facts.PublicUrl)}">Page{(request.Breakdowns.Count > 1 ? $" {index + 1}" : "")}</a> """))),
        }));

    private static Markup Transfers(HomeFacts facts) => Table(
        "Transfers to a payment request’s IBAN appear here.",
        ["Arrived", "From", "Amount", "Label", "For"],
        facts.Transfers.Select(transfer => new[]
        {
            Text(Moment(transfer.CreationDate)), Text(transfer.DebtorName), Text(Money(transfer.Amount, transfer.Currency)),
            Text(transfer.Remittance), Text(transfer.MerchantPaymentRequestId),
        }));

    private static Markup Mandates(HomeFacts facts) => Table(
        "Mandates that the API asks for appear here, with the page on which the payer signs. What the debtor’s bank does can be set: AM04 AM04 PAID fails twice, then pays; PAID>MD06 takes the money back.",
        ["Created", "Reference", "From", "Account", "State", "Sign", "The bank does"],
        facts.Mandates.Select(mandate => new[]
        {
            Text(Moment(mandate.CreationDate)), Text(mandate.Rum), Text(mandate.DebtorName), Text(mandate.DebtorIban is { } iban ? "•••• " + iban[^4..] : null),
            Chip(mandate.MandateStatus.ToString(), mandate.MandateStatus switch { MandateStatus.Active => "good", MandateStatus.Canceled => "bad", _ => "late" }),
            Markup.Of($"""<a href="{MandateAnswer.PageOf(mandate, facts.PublicUrl)}">Page</a>"""), PlanForm(mandate),
        }));

    private static Markup PlanForm(Mandate mandate) => Markup.Of($"""
        <form class="plan" method="post" action="/sandbox/mandates/{mandate.MandateId}/plan"><input name="plan" value="{mandate.Plan}" aria-label="What the debtor’s bank does" autocomplete="off" maxlength="120"><button>Set</button></form>
        """);

    private static Markup Debits(HomeFacts facts) => Table(
        "Direct debits that the API hands over appear here. At 8:00 of their day they are rejected, at 10:00 paid.",
        ["Created", "Day", "Amount", "Label", "State", "Reason"],
        facts.Debits.Select(debit => new[]
        {
            Text(Moment(debit.CreationDate)), Text(debit.RequestedCollectionDate.ToString("d MMM yyyy", English)), Text(Money(debit.Amount, debit.Currency)), Text(debit.Description),
            Chip(debit.SddTransactionStatus.ToString(), debit.SddTransactionStatus switch { DebitStatus.Cleared => "good", DebitStatus.Rejected or DebitStatus.Returned => "bad", DebitStatus.Pending => "late", _ => "quiet" }),
            Text(debit.ReasonCode),
        }));

    private static Markup Webhooks(HomeFacts facts) => Table(
        "Each change of a request or a payment is told to the merchant’s address; its delivery appears here.",
        ["Created", "Type", "Delivery", "Attempts", "Next attempt", "Last answer"],
        facts.Webhooks.Select(webhook => new[]
        {
            Text(Moment(webhook.CreationDate)), Markup.Of($"<code>{webhook.Type}</code>"), State(webhook), Text(webhook.Attempts.ToString(English)),
            Text(webhook.State == WebhookState.Pending ? Moment(webhook.NextAttemptDate) : null), Text(webhook.LastProblem ?? webhook.LastStatus?.ToString(English)),
        }));

    /// <summary>A table; on a phone each row becomes a card, whose lines repeat the heads.</summary>
    private static Markup Table(string whenEmpty, string[] heads, IEnumerable<Markup[]> rows)
    {
        var body = Markup.Join(rows.Select(cells => Markup.Of($"<tr>{Markup.Join(cells.Zip(heads, Cell))}</tr>")));
        return body.Text.Length == 0 ? Markup.Of($"""<p class="empty">{whenEmpty}</p>""") : Markup.Of($"""
            <table><thead><tr>{Markup.Join(heads.Select(head => Markup.Of($"""<th scope="col" class="{Kind(head)}">{head}</th>""")))}</tr></thead>
            <tbody>{body}</tbody></table>
            """);
    }

    private static Markup Cell(Markup content, string head) => Markup.Of($"""<td class="{Kind(head)}" data-head="{head}">{content}</td>""");

    private static string Kind(string head) => head is "Amount" or "Paid" or "Attempts" ? "number" : head is "Label" or "Last answer" or "From" or "Reference" ? "wide" : "";

    private static Markup Text(string? text) => Markup.Of($"{(string.IsNullOrEmpty(text) ? "–" : text)}");

    private static Markup State(PaymentRequest request) => Chip(
        $"{request.PaymentRequestStatus} · {request.PaymentStatus}",
        request.PaymentStatus switch
        {
            PaymentStatus.Paid => "good",
            PaymentStatus.Unpaid => "bad",
            PaymentStatus.Partial => "late",
            _ => "quiet",
        });

    private static Markup State(Webhook webhook) => webhook.State switch
    {
        WebhookState.Delivered => Chip("Delivered", "good"),
        WebhookState.GivenUp => Chip("Given up", "bad"),
        WebhookState.Held => Chip("Held", "late"),
        WebhookState.Unaddressed => Chip("No address", "quiet"),
        _ => Chip(webhook.Attempts == 0 ? "To send" : "Will retry", "late"),
    };

    private static Markup Chip(string text, string colour) => Markup.Of($"""<span class="chip {colour}">{text}</span>""");

    private static Markup IbanLink(PaymentRequest request) => request.VirtualIban is { } iban
        ? Markup.Of($"""<a class="iban" href="/?iban={iban}" title="Make a transfer to this IBAN">{VirtualIban.Show(iban)}</a>""")
        : Markup.Of($"–");

    private static Markup Field(string name, string label, string? value, string attributes, bool required = true) => Markup.Of($"""
        <p class="field {name}"><label for="{name}">{label}</label><input id="{name}" name="{name}" value="{value}" autocomplete="off"{(required ? " required" : "")} {attributes}></p>
        """);

    private static string Moment(DateTimeOffset instant, string format = "d MMM yyyy HH:mm:ss") => BusinessClock.InParis(instant).ToString(format, English);

    private static string Money(long cents, string currency) => Amounts.Show(cents, currency, English);
}
