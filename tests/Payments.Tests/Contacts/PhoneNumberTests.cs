using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Contacts;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("06 12 34 56 78", "FR", "+33612345678")]
    [InlineData("612345678", "FR", "+33612345678")] // a spreadsheet drops the zero
    [InlineData("+33 (0)6 12 34 56 78", "BE", "+33612345678")]
    [InlineData("0033 6.12.34.56.78", "DE", "+33612345678")]
    [InlineData("0470/12.34.56", "BE", "+32470123456")]
    [InlineData("0151 23456789", "DE", "+4915123456789")]
    [InlineData("612 34 56 78", "ES", "+34612345678")]
    [InlineData("06 1234 5678", "IT", "+390612345678")] // the zero of an Italian number stays
    [InlineData("621 123 456", "LU", "+352621123456")]
    [InlineData("06-12345678", "NL", "+31612345678")]
    [InlineData("07911 123456", "GB", "+447911123456")]
    [InlineData("078 123 45 67", "CH", "+41781234567")]
    [InlineData("+1 202 555 0123", "FR", "+12025550123")]
    public void A_number_is_kept_in_E164(string written, string country, string expected)
    {
        Assert.Null(PhoneNumber.TryRead(written, country, out var number));
        Assert.Equal(expected, number);
        Assert.True(PhoneNumber.IsE164(number));
    }

    [Theory]
    [InlineData("06 12 34 56 7", "FR", RuleCodes.PhoneInvalid)]
    [InlineData("06 12 34 56 78 9", "FR", RuleCodes.PhoneInvalid)]
    [InlineData("appeler Marie", "FR", RuleCodes.PhoneInvalid)]
    [InlineData("+33 6 12 34", "FR", RuleCodes.PhoneInvalid)]
    [InlineData("202 555 0123", "US", RuleCodes.PhoneCountry)]
    [InlineData("", "FR", RuleCodes.PhoneInvalid)]
    public void A_number_that_fits_no_plan_is_refused_rather_than_guessed(string written, string country, string rule) =>
        Assert.Equal(rule, PhoneNumber.TryRead(written, country, out _));
}
