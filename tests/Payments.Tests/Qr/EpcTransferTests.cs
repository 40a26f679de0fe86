using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Qr;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Qr;

public sealed class EpcTransferTests
{
    private static readonly EpcTransfer Transfer = new()
    {
        Name = "Maison Lumière",
        Iban = "FR14 2004 1010 0505 0001 3M02 606",
        Amount = new Money(123_456, "EUR"),
        Reference = "RF60 ISO1 1649",
    };

    [Fact]
    public void A_creditor_reference_goes_to_its_own_line() =>
        Assert.Equal("BCD\n002\n1\nSCT\n\nMaison Lumière\nFR1420041010050500013M02606\nEUR1234.56\n\nRF60ISO11649", Transfer.ToText());

    [Fact]
    public void Any_other_reference_is_free_text_in_one_line_and_never_both()
    {
        var lines = (Transfer with { Reference = "Facture\nF-1" }).ToText().Split('\n');

        Assert.Equal(("", "Facture F-1"), (lines[9], lines[10]));
        Assert.True(lines.Length <= 12);
    }

    [Fact]
    public void What_the_guideline_does_not_allow_is_refused()
    {
        Assert.Equal("iban", Refused(Transfer with { Iban = "FR00" }));
        Assert.Equal("currency", Refused(Transfer with { Amount = new Money(1, "USD") }));
        Assert.Equal("amount", Refused(Transfer with { Amount = Money.Zero("EUR") }));
        Assert.Equal("amount", Refused(Transfer with { Amount = new Money(100_000_000_000, "EUR") }));
        Assert.Equal(70, (Transfer with { Name = new string('x', 90) }).ToText().Split('\n')[5].Length);
    }

    private static string Refused(EpcTransfer transfer) => Assert.Throws<RuleViolationException>(transfer.ToText).Violations[0].Field;
}
