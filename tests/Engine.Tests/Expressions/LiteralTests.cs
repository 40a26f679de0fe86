using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Tests.Expressions;

/// <summary>A value that is written in a drawing is what its setting asks for, or an error that says what was expected.</summary>
public sealed class LiteralTests
{
    public readonly record struct Amount(long Minor, string Currency);

    [Fact]
    public void Bytes_are_written_as_base64()
    {
        var type = TypeAliases.Find("Byte[]");

        Assert.Equal(new byte[] { 1, 2, 255 }, ValueConversion.To("AQL/", type));
        Assert.Equal(new byte[] { 1, 2, 255 }, ValueConversion.To(JsonNode.Parse("\"AQL/\""), type));
        Assert.Equal(new byte[] { 1, 2, 255 }, ValueConversion.To("\"AQL/\"", type));
        Assert.Equal("AQL/", ValueConversion.To<string>(new byte[] { 1, 2, 255 }));
        Assert.Contains("Byte[]", Assert.Throws<FormatException>(() => ValueConversion.To("pay now", type)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"amount":12.5,"currency":"EUR"}""", typeof(Amount))]
    [InlineData("""{"value":1250}""", typeof(Amount?))]
    [InlineData("{}", typeof(Amount))]
    [InlineData("""[{"minor":1,"currency":"EUR"},{"minor":1}]""", typeof(ICollection<Amount>))]
    public void An_amount_whose_members_are_called_otherwise_is_refused_and_never_nothing(string written, Type type)
    {
        var refused = Assert.Throws<FormatException>(() => ValueConversion.To(JsonDocument.Parse(written).RootElement, type));

        Assert.Contains("Needed: minor, currency.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_amount_is_read_however_its_members_letters_are_written() =>
        Assert.Equal(new Amount(1250, "EUR"), ValueConversion.To<Amount>(JsonDocument.Parse("""{"Minor":1250,"CURRENCY":"EUR","note":1}""").RootElement));
}
