using System.Globalization;
using CentralPay.Workflows.Designer.Words;

namespace CentralPay.Workflows.Designer.Tests.Scenarios;

/// <summary>A length of time that a person typed wrongly.</summary>
public sealed class DurationWordsTests
{
    [Theory]
    [InlineData("en", "Write a whole number from 0 to 10,000, and choose the unit beside it.")]
    [InlineData("fr", "Écrivez un nombre entier de 0 à 10 000, et choisissez l’unité à côté.")]
    public void It_is_told_what_is_allowed(string language, string sentence) =>
        Assert.Equal(sentence, new RuleWords().Say("duration-unreadable", null, CultureInfo.GetCultureInfo(language)));
}
