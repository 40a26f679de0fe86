using CentralPay.Workflows.Sandbox.PaymentPage;

namespace CentralPay.Workflows.Sandbox.Debits;

/// <summary>The pages on which a payer signs a mandate.</summary>
public sealed record MandatePageHtml(string MerchantName, MandateWords Words)
{
    public Markup Account(Mandate mandate, string holder, string iban, IReadOnlyDictionary<string, string> wrong, string? message) => Page(Words.Title, Markup.Of($"""
        <h1>{Words.Title}</h1>
        <p>{Words.Text}</p>
        <dl>
        {Line(Words.Creditor, MerchantName)}
        {Line(Words.Reference, mandate.Rum)}
        {Line(Words.Scheme, mandate.Scheme == DebitScheme.Core ? Words.Core : Words.Business)}
        </dl>
        {Markup.If(message is not null, () => Markup.Of($"""<p class="problem" role="alert">{message}</p>"""))}
        <form method="post" action="/mandate/{mandate.MandateId}">
        {Field("holder", Words.Holder, wrong.GetValueOrDefault("holder"), """autocomplete="name" maxlength="70" """, holder)}
        {Field("iban", Words.Iban, wrong.GetValueOrDefault("iban"), """autocomplete="off" maxlength="42" """, iban)}
        <button>{Words.Continue}</button>
        </form>
        <details><summary>{Words.TestAccounts}</summary><ul>
        {Markup.Join(BankPlan.TestAccounts.Select(account => Markup.Of($"<li><code>{account.Iban}</code><br>{account.Plan}</li>")))}
        </ul></details>
        """));

    public Markup Code(Mandate mandate, string? problem) => Page(Words.CodeTitle, Markup.Of($"""
        <h1>{Words.CodeTitle}</h1>
        <p class="meta">{mandate.DebtorName} · •••• {mandate.DebtorIban?[^4..]}</p>
        <p>{Words.CodeText}</p>
        <form method="post" action="/mandate/{mandate.MandateId}/code" autocomplete="off">
        {Field("code", Words.Code, problem, """inputmode="numeric" autocomplete="one-time-code" maxlength="6" autofocus""", "")}
        <button>{Words.Sign}</button>
        <button class="quiet" name="back" value="1" formnovalidate>{Words.Back}</button>
        </form>
        """));

    public Markup Signed(Mandate mandate) => Notice("✓", Words.SignedTitle, $"{Words.SignedText} {mandate.Rum}");

    public Markup Ended() => Notice("–", Words.EndedTitle, $"{Words.EndedText} {MerchantName}.");

    private Markup Notice(string sign, string title, string text) => Page(title, Markup.Of($"""
        <div class="done" aria-hidden="true">{sign}</div>
        <h1>{title}</h1>
        <p>{text}</p>
        """));

    private static Markup Line(string name, string value) => Markup.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static Markup Field(string name, string label, string? problem, string attributes, string value) => Markup.Of($"""
        <p class="field"><label for="{name}">{label}</label>
        <input id="{name}" name="{name}" required value="{value}" {new Markup(attributes)}{new Markup(problem is null ? "" : $" aria-invalid=\"true\" aria-describedby=\"{name}-problem\"")}>
        {Markup.If(problem is not null, () => Markup.Of($"""<span class="wrong" id="{name}-problem">{problem}</span>"""))}</p>
        """);

    private Markup Page(string title, Markup content) => PageFrame.Frame(Words.Culture.TwoLetterISOLanguageName, $"{title} · {MerchantName}", "/pay/payment.css", Markup.Of($"""
        <main>
        <header><span class="logo" aria-hidden="true">{(MerchantName.Length == 0 ? "?" : MerchantName[..1].ToUpper(Words.Culture))}</span><span>{MerchantName}</span></header>
        {content}
        </main>
        <footer>{Words.SandboxNote}</footer>
        """));
}
