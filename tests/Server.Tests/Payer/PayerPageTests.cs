using System.Text;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Server.Payer;

namespace CentralPay.Workflows.Server.Tests.Payer;

public sealed class PayerPageTests
{
    private static readonly PayerView Owed = new()
    {
        State = PayerState.ToPay,
        Token = "abcdefghijklmnopqrstuv",
        MerchantName = "Maison Lumière",
        MerchantEmail = "compta@maison-lumiere.test",
        InvoiceNumber = "F-2026-0042",
        Description = "Lampes <script>alert(1)</script>",
        DueDate = new DateOnly(2026, 3, 12),
        IsOverdue = false,
        Amount = new Money(123456, "EUR"),
        Remaining = new Money(123456, "EUR"),
        CardPage = new Uri("http://localhost:5090/pay/1"),
        Iban = "FR7630006000011234567890189",
        Reference = "RF18539007547034",
    };

    [Fact]
    public void A_payer_sees_whom_what_and_how_much_in_their_language()
    {
        var french = System.Net.WebUtility.HtmlDecode(Page("fr").Of(Owed));
        Assert.Contains("Maison Lumière", french, StringComparison.Ordinal);
        Assert.Contains("1\u00A0234,56\u00A0€", french, StringComparison.Ordinal);
        Assert.Contains("Échéance le jeudi 12 mars 2026", french, StringComparison.Ordinal);
        Assert.Contains("FR76 3000 6000 0112 3456 7890 189", french, StringComparison.Ordinal);
        Assert.Contains("€1,234.56", Page("en-US").Of(Owed), StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_invoice_says_is_text_and_never_markup()
    {
        var page = Page("fr").Of(Owed);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_smaller_than_60_kilobytes() => Assert.InRange(Encoding.UTF8.GetByteCount(Page("fr").Of(Owed)), 1, 60_000);

    [Fact]
    public void Half_paid_the_page_asks_for_the_rest()
    {
        var page = Page("en").Of(Owed with { Remaining = new Money(100000, "EUR") });
        Assert.Contains("Still to pay", page, StringComparison.Ordinal);
        Assert.Contains("€1,000.00", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(PayerState.Paid), "Thank you, it is paid")]
    [InlineData(nameof(PayerState.Ended), "This link is no longer in use")]
    [InlineData(nameof(PayerState.Checking), "We are checking your payment")]
    public void A_page_with_nothing_to_pay_offers_no_way_to_pay(string state, string title)
    {
        var page = Page("en").Of(Owed with { State = Enum.Parse<PayerState>(state) });
        Assert.Contains(title, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        Assert.DoesNotContain("FR76", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_waits_looks_again_by_itself() =>
        Assert.Contains("""http-equiv="refresh" content="3;url=/pay/abcdefghijklmnopqrstuv?lang=en""", Page("en").Of(Owed with { State = PayerState.Preparing, CardPage = null, Iban = null }), StringComparison.Ordinal);

    private static PayerPage Page(string language) => new(PayerWords.For(language), "nonce");
}
