using CentralPay.Workflows.Sandbox.Bank;
using CentralPay.Workflows.Sandbox.Cards;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Time;

namespace CentralPay.Workflows.Sandbox.PaymentPage;

/// <summary>The pages a payer sees.</summary>
public sealed record PaymentPageHtml(string MerchantName, Words Words)
{
    public Markup Form(Breakdown breakdown, PaymentFormState state, Guid attemptId)
    {
        var request = breakdown.PaymentRequest;
        return Page($"{Words.Pay} {Money(breakdown.AmountLeft, request)}", Markup.Of($"""
            {Summary(breakdown)}
            {Markup.If(state.Message is not null, () => Markup.Of($"""<p class="problem" role="alert">{state.Message}</p>"""))}
            {Markup.If(request.CardAccepted, () => CardFields(breakdown, state, attemptId))}
            {Markup.If(request.TransferAccepted, () => TransferDetails(request))}
            {Markup.If(request.CardAccepted, TestCardList)}
            """));
    }

    public Markup Challenge(CardChallenge challenge, PaymentRequest request, string? problem) => Page(Words.ChallengeTitle, Markup.Of($"""
        <h1>{Words.ChallengeTitle}</h1>
        <p class="figure">{Money(challenge.Amount, request)}</p>
        <p class="meta">{challenge.Card.CommercialBrand} •••• {challenge.Card.Last4}</p>
        <p>{Words.ChallengeText}</p>
        <form method="post" autocomplete="off">
        {Field("code", Words.Code, problem, """inputmode="numeric" autocomplete="one-time-code" maxlength="6" autofocus""", "")}
        <button>{Words.Confirm}</button>
        <button class="quiet" name="abandon" value="1" formnovalidate>{Words.Abandon}</button>
        </form>
        """));

    public Markup Receipt(CardTransaction transaction, PaymentRequest request) => Page(Words.ThanksTitle, Markup.Of($"""
        <div class="done" aria-hidden="true">✓</div>
        <h1>{Words.ThanksTitle}</h1>
        <p>{Words.ThanksText} <strong>{Money(transaction.Amount, request)}</strong>.</p>
        <p class="meta">{transaction.Card.CommercialBrand} •••• {transaction.Card.Last4}{Markup.If(request.MerchantPaymentRequestId is not null, () => Markup.Of($" · {Words.Reference} {request.MerchantPaymentRequestId}"))}</p>
        """));

    /// <summary>A request that takes no payment any more: paid, canceled, or past its time.</summary>
    public Markup Ended(PaymentRequest request) => request switch
    {
        { PaymentStatus: PaymentStatus.Paid } => Notice("✓", Words.PaidTitle, Words.PaidText),
        { PaymentRequestStatus: PaymentRequestStatus.Canceled } => Notice("–", Words.CanceledTitle, $"{Words.EndedText} {MerchantName}."),
        _ => Notice("–", Words.EndedTitle, $"{Words.EndedText} {MerchantName}."),
    };

    public Markup Notice(string sign, string title, string text) => Page(title, Markup.Of($"""
        <div class="done" aria-hidden="true">{sign}</div>
        <h1>{title}</h1>
        <p>{text}</p>
        """));

    private Markup Summary(Breakdown breakdown)
    {
        var request = breakdown.PaymentRequest;
        var paid = breakdown.PaidAmount;
        return Markup.Of($"""
            <p class="meta">{Words.ToPay}</p>
            <h1 class="figure">{Money(breakdown.AmountLeft, request)}</h1>
            {Markup.If(paid > 0, () => Markup.Of($"""<p class="meta">{Money(paid, request)} {Words.AlreadyPaid}</p>"""))}
            {Markup.If(request.Description is not null, () => Markup.Of($"""<p class="what">{request.Description}</p>"""))}
            <dl>
            {Markup.If(request.MerchantPaymentRequestId is not null, () => Line(Words.Reference, request.MerchantPaymentRequestId!))}
            {Markup.If(request.ExpiryDate is not null, () => Line(Words.PayBefore, BusinessClock.InParis(request.ExpiryDate!.Value).ToString("f", Words.Culture)))}
            </dl>
            """);
    }

    private Markup CardFields(Breakdown breakdown, PaymentFormState state, Guid attemptId)
    {
        var request = breakdown.PaymentRequest;
        var amountProblem = state.Error("amount") is { } problem ? $"{problem} {Money(breakdown.AmountLeft, request)}." : null;
        return Markup.Of($"""
            <form method="post" action="/pay/{breakdown.PaymentRequestBreakdownId}" class="card">
            <h2>{Words.ByCard}</h2>
            <input type="hidden" name="attempt" value="{attemptId}">
            {Markup.If(request.FreeAmount, () => Field("amount", $"{Words.AmountUpTo} {Money(breakdown.AmountLeft, request)}", amountProblem, """inputmode="decimal" autocomplete="off" """, state.Amount))}
            {Field("number", Words.CardNumber, state.Error("number"), """inputmode="numeric" autocomplete="cc-number" maxlength="23" """, "")}
            <div class="pair">
            {Field("expiry", $"{Words.Expiry} ({Words.ExpiryHint})", state.Error("expiry"), """inputmode="numeric" autocomplete="cc-exp" maxlength="7" """, state.Expiry)}
            {Field("cvc", Words.Cvc, state.Error("cvc"), """inputmode="numeric" autocomplete="cc-csc" maxlength="4" """, "")}
            </div>
            {Field("holder", Words.Holder, state.Error("holder"), """autocomplete="cc-name" maxlength="100" """, state.Holder)}
            <button>{(request.FreeAmount ? Words.Pay : $"{Words.Pay} {Money(breakdown.AmountLeft, request)}")}</button>
            </form>
            """);
    }

    private Markup TransferDetails(PaymentRequest request) => Markup.Of($"""
        <section class="transfer">
        <h2>{Words.ByTransfer}</h2>
        <dl>
        <div><dt>IBAN</dt><dd class="iban">{VirtualIban.Show(request.VirtualIban ?? "")}</dd></div>
        {Line(Words.Reference, request.SepaReference ?? "")}
        </dl>
        <p class="meta">{Words.TransferHint}</p>
        </section>
        """);

    private Markup TestCardList() => Markup.Of($"""
        <details>
        <summary>{Words.TestCards}</summary>
        <ul>
        <li><code>4556 5579 5572 6624</code> {Words.Accepted}</li>
        <li><code>5333 2591 5564 3223</code> {Words.Accepted}</li>
        <li><code>4916 9940 6425 2017</code> {Words.WithCode}</li>
        <li><code>4556 1041 6038 2032</code> {Words.Refused}</li>
        </ul>
        </details>
        """);

    private static Markup Field(string name, string label, string? problem, string attributes, string value) => Markup.Of($"""
        <p class="field"><label for="{name}">{label}</label>
        <input id="{name}" name="{name}" required value="{value}" {new Markup(attributes)}{new Markup(problem is null ? "" : $" aria-invalid=\"true\" aria-describedby=\"{name}-problem\"")}>
        {Markup.If(problem is not null, () => Markup.Of($"""<span class="wrong" id="{name}-problem">{problem}</span>"""))}</p>
        """);

    private static Markup Line(string name, string value) => Markup.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private string Money(long cents, PaymentRequest request) => Amounts.Show(cents, request.Currency, Words.Culture);

    private Markup Page(string title, Markup content) => PageFrame.Frame(Words.Culture.TwoLetterISOLanguageName, $"{title} · {MerchantName}", "/pay/payment.css", Markup.Of($"""
        <main>
        <header><span class="logo" aria-hidden="true">{Initial}</span><span>{MerchantName}</span></header>
        {content}
        </main>
        <footer>{Words.SandboxNote}</footer>
        """));

    private string Initial => MerchantName.Length == 0 ? "?" : MerchantName[..1].ToUpper(Words.Culture);
}
