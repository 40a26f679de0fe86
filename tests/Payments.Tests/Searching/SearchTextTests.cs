using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Tests.Searching;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("  Café  LUMIÈRE ", "cafe lumiere")]
    [InlineData("Œuvres & Cie", "oeuvres & cie")]
    [InlineData("Müller Straße", "muller strasse")]
    [InlineData("F-2026-0012", "f-2026-0012")]
    [InlineData("ŁÓDŹ", "lodz")]
    [InlineData(null, "")]
    public void Text_is_found_however_it_is_written(string? text, string searched) => Assert.Equal(searched, SearchText.Of(text));
}
