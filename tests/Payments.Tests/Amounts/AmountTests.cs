using System.Globalization;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Amounts;

public sealed class AmountTests
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    [Theory]
    [InlineData(123456, "EUR", "1\u00A0234,56\u00A0€", "€1,234.56")]
    [InlineData(-5, "EUR", "-0,05\u00A0€", "-€0.05")]
    [InlineData(1234, "JPY", "1\u00A0234\u00A0¥", "¥1,234")]
    [InlineData(1234567, "TND", "1\u00A0234,567\u00A0TND", "TND\u00A01,234.567")]
    public void An_amount_reads_as_its_reader_writes_it(long minor, string currency, string french, string english)
    {
        Assert.Equal(french, MoneyText.Format(new Money(minor, currency), French));
        Assert.Equal(english, MoneyText.Format(new Money(minor, currency), English));
    }

    [Theory]
    [InlineData("1 234,56", 123456)]
    [InlineData("1\u202F234,56 €", 123456)]
    [InlineData("1.234,56", 123456)]
    [InlineData("1,234.56", 123456)]
    [InlineData("1'234.5", 123450)]
    [InlineData("12,5", 1250)]
    [InlineData("-12,50", -1250)]
    [InlineData("EUR 80", 8000)]
    [InlineData("1.234.567", 123456700)]
    [InlineData("80,000,00", null)]
    [InlineData("12,345,6", null)]
    public void An_amount_is_read_as_spreadsheets_write_it(string text, int? minor)
    {
        var refused = AmountReader.TryRead(text, "EUR", null, out var money);

        Assert.Equal(minor is null ? RuleCodes.AmountUnreadable : null, refused);
        Assert.Equal(minor ?? 0, money.AmountMinor);
    }

    [Theory]
    [InlineData("1,234", RuleCodes.AmountAmbiguous)]
    [InlineData("1.2345", RuleCodes.AmountDecimals)]
    [InlineData("12,345 678", RuleCodes.AmountUnreadable)]
    [InlineData("douze", RuleCodes.AmountUnreadable)]
    [InlineData("", RuleCodes.AmountUnreadable)]
    [InlineData("1 23", RuleCodes.AmountUnreadable)]
    [InlineData("99999999999999999999", RuleCodes.AmountTooLarge)]
    public void What_could_be_read_in_two_ways_is_refused_not_guessed(string text, string rule) =>
        Assert.Equal(rule, AmountReader.TryRead(text, "EUR", null, out _));

    [Fact]
    public void An_amount_above_the_limit_is_refused_and_the_limit_is_named()
    {
        Assert.Null(AmountReader.TryRead("10 000 000 000,00", "EUR", ',', out var most));
        Assert.Equal(AmountLimit.MostMinor, most.AmountMinor);
        Assert.Null(AmountLimit.Broken("amountMinor", most));

        Assert.Equal(RuleCodes.AmountTooLarge, AmountReader.TryRead("10 000 000 000,01", "EUR", ',', out _));
        Assert.Equal(RuleCodes.AmountTooLarge, AmountReader.TryRead("-10 000 000 000,01", "EUR", ',', out _));
        Assert.Equal("10000000000.00 EUR", AmountLimit.Broken("amountMinor", most with { AmountMinor = most.AmountMinor + 1 })!.Arguments["limit"]);
        Assert.Equal("1000000000000 JPY", AmountReader.Broken("amount", RuleCodes.AmountTooLarge, "JPY").Arguments["limit"]);
    }

    [Fact]
    public void A_known_decimal_separator_settles_what_the_text_leaves_open()
    {
        Assert.Null(AmountReader.TryRead("1,234", "EUR", '.', out var english));
        Assert.Equal(123400, english.AmountMinor);
        Assert.Equal(RuleCodes.AmountDecimals, AmountReader.TryRead("1,234", "EUR", ',', out _));
        Assert.Null(AmountReader.TryRead("1,234", "TND", ',', out var dinars));
        Assert.Equal(1234, dinars.AmountMinor);
    }

    [Theory]
    [InlineData("RF96TU06FX")]
    [InlineData("RF14X2HU4TC28XTYLHASYWT91")]
    [InlineData("RF60ISO11649")]
    public void The_published_creditor_references_check(string reference)
    {
        Assert.True(CreditorReference.IsValid(reference));
        Assert.Equal(reference, CreditorReference.Make(reference[4..]));
        Assert.Equal([reference], CreditorReference.FindIn($"paiement {CreditorReference.Format(reference).ToLowerInvariant()} merci"));
    }

    [Fact]
    public void A_word_after_a_creditor_reference_that_fits_its_digits_by_chance_does_not_hide_it()
    {
        var reference = Enumerable.Range(0, 10_000).Select(number => CreditorReference.Make($"{number:D6}")).First(each => CreditorReference.IsValid(each + "MERCI"));

        Assert.Equal([reference, reference + "MERCI"], CreditorReference.FindIn($"reglement {CreditorReference.Format(reference)} merci"));
    }

    [Fact]
    public void One_wrong_digit_makes_an_account_number_invalid()
    {
        Assert.True(Iban.IsValid("FR14 2004 1010 0505 0001 3M02 606"));
        Assert.False(Iban.IsValid("FR14 2004 1010 0505 0001 3M02 607"));
        Assert.False(Iban.IsValid("FR14 2004 1010 0505 0001 3M02 60"));
        Assert.Equal("FR1420041010050500013M02606", Iban.Make("FR", "20041010050500013M02606"));
    }

    [Theory]
    [InlineData("Carte 4556 5579 5572 6624 svp", "Carte •••• •••• •••• 6624 svp")]
    [InlineData("4556557955726624", "••••••••••••6624")]
    [InlineData("3415-020986-34895", "••••-••••••-•4895")]
    public void A_card_number_is_found_in_a_text_and_masked(string text, string scrubbed)
    {
        Assert.True(CardNumber.IsIn(text));
        Assert.Equal(scrubbed, CardNumber.Scrub(text));
    }

    [Theory]
    [InlineData("FR14 2004 1010 0505 0001 3M02 606")]
    [InlineData("Facture 2026-000123 du 12/10/2026")]
    [InlineData("4556557955726625")]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    public void What_is_no_card_number_is_left_alone(string text)
    {
        Assert.False(CardNumber.IsIn(text));
        Assert.Equal(text, CardNumber.Scrub(text));
    }

    [Theory]
    [InlineData("=1+1", true)]
    [InlineData("@SUM(A1)", true)]
    [InlineData("-2+3+cmd|' /C calc'!A0", true)]
    [InlineData("\t=1", true)]
    [InlineData("+33612345678", false)]
    [InlineData("-12,50 €", false)]
    [InlineData("Dupont", false)]
    public void A_formula_is_told_from_a_negative_amount(string cell, bool formula)
    {
        Assert.Equal(formula, SpreadsheetFormula.IsIn(cell));
        Assert.Equal(formula ? "'" + cell : cell, SpreadsheetFormula.Neutralise(cell));
    }

    [Fact]
    public void Instalments_share_a_debt_to_the_cent_and_the_first_takes_what_is_left()
    {
        var fee = new Money(1000, "EUR");
        var shares = MoneySharing.Equally(new Money(100_000 - 20_000, "EUR"), 3).WithRemainderOn(0);

        Assert.Equal([27668, 26666, 26666], shares.Select((share, index) => index == 0 ? share + fee : share).Select(share => share.AmountMinor));
    }
}
