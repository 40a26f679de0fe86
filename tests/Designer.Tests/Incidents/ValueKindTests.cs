using System.Globalization;
using CentralPay.Workflows.Designer.Words;

namespace CentralPay.Workflows.Designer.Tests.Incidents;

/// <summary>What the values of a case are called where a person changes them.</summary>
public sealed class ValueKindTests
{
    [Theory]
    [InlineData("fr", "Int32", "Cette valeur ne convient pas\u00A0: il faut un nombre entier.")]
    [InlineData("en", "String[]", "This value does not fit: a list (a text each) is needed.")]
    [InlineData("fr", "CentralPay.Workflows.Payments.Amounts.Money", "Cette valeur ne convient pas\u00A0: il faut un montant.")]
    [InlineData("en", "Acme.Parcel", "This value does not fit: Acme.Parcel is needed.")]
    public void A_value_that_does_not_fit_is_told_what_is_needed_in_words(string language, string type, string sentence) =>
        Assert.Equal(sentence, new RuleWords().Say("value-of-another-kind", new Dictionary<string, string> { ["kind"] = type }, CultureInfo.GetCultureInfo(language)));
}
