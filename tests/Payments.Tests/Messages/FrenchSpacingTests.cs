using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Messages;

namespace CentralPay.Workflows.Payments.Tests.Messages;

/// <summary>French keeps its double signs on the line of their word: the space before them does not break.</summary>
public sealed partial class FrenchSpacingTests
{
    public static TheoryData<string> Texts { get; } = [.. typeof(MessageTemplates).Assembly.GetManifestResourceNames().Where(name => name.Contains(".fr.", StringComparison.Ordinal) || name.EndsWith("fr.json", StringComparison.Ordinal))];

    [Fact]
    public void The_French_texts_are_found() => Assert.True(Texts.Count > 5, string.Join(", ", typeof(MessageTemplates).Assembly.GetManifestResourceNames()));

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_space_beside_a_double_sign_does_not_break(string name)
    {
        using var reader = new StreamReader(typeof(MessageTemplates).Assembly.GetManifestResourceStream(name)!);
        Assert.Empty(Breaking().Matches(reader.ReadToEnd()).Select(match => match.Value));
    }

    [GeneratedRegex(".{0,20}(?: [:;?!»]|« ).{0,10}")]
    private static partial Regex Breaking();
}
