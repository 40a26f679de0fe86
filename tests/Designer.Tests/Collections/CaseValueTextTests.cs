using System.Globalization;
using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Designer.Tests.Collections;

/// <summary>A person corrects what a case remembers, in their own language.</summary>
public sealed class CaseValueTextTests
{
    private static readonly TimeZoneInfo paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Theory]
    [InlineData("fr-FR", "1,5", "1.5")]
    [InlineData("fr-FR", "1 234,50", "1234.50")]
    [InlineData("fr-FR", "-12", "-12")]
    [InlineData("en-GB", "1,234.50", "1234.50")]
    public void A_number_is_read_as_the_reader_writes_it(string language, string typed, string kept) =>
        Assert.Equal(kept, Kept(language, "Decimal", typed));

    [Theory]
    [InlineData("en-GB", "1,5")]
    [InlineData("en-GB", "12,34.5")]
    [InlineData("fr-FR", "1.5")]
    [InlineData("fr-FR", "1,2,3")]
    [InlineData("fr-FR", "beaucoup")]
    public void A_number_that_could_be_another_one_is_refused(string language, string typed) =>
        Assert.Equal("number-unreadable", Refused(language, "Decimal", typed));

    [Fact]
    public void A_date_is_the_day_of_the_date_field_in_every_language() =>
        Assert.Equal("\"2026-02-03\"", Kept("fr-FR", "DateOnly", "2026-02-03"));

    [Fact]
    public void A_date_typed_as_text_is_refused_and_never_guessed() =>
        Assert.Equal("date-unreadable", Refused("fr-FR", "DateOnly", "03/02/2026"));

    [Fact]
    public void A_moment_is_typed_on_the_merchants_clock()
    {
        var variable = new CaseVariable("calledAt", "DateTimeOffset", "\"2026-07-01T08:30:00+00:00\"");

        Assert.Equal("2026-07-01T10:30:00", CaseValueText.Write(variable, CultureInfo.GetCultureInfo("fr-FR"), paris));
        Assert.Equal("\"2026-07-01T09:00:00Z\"", Kept("fr-FR", "DateTimeOffset", "2026-07-01T11:00"));
    }

    [Theory]
    [InlineData("Boolean", "true", "true")]
    [InlineData("Boolean", "false", "false")]
    [InlineData("Boolean", "", "null")]
    [InlineData("Int32[]", "[1,2]", "[1,2]")]
    [InlineData("Object", "[1,2]", "[1,2]")]
    [InlineData("Object", "ERP", "\"ERP\"")]
    [InlineData("ObjectDictionary", "{\"a\":1}", "{\"a\":1}")]
    [InlineData("String", "[1,2]", "\"[1,2]\"")]
    [InlineData("Decimal", "", "null")]
    [InlineData("TimeSpan", "P7D", "\"P7D\"")]
    public void Each_kind_of_value_keeps_its_kind(string type, string typed, string kept) =>
        Assert.Equal(kept, Kept("fr-FR", type, typed));

    [Theory]
    [InlineData("Int32[]", "1, 2")]
    [InlineData("Object", "[1, 2")]
    public void A_list_that_is_not_written_to_its_end_is_refused(string type, string typed) =>
        Assert.Equal("json-invalid", Refused("en-GB", type, typed));

    [Theory]
    [InlineData("Decimal", "1234.5", "1234,5")]
    [InlineData("DateOnly", "\"2026-02-03\"", "2026-02-03")]
    [InlineData("Object", "\"ERP\"", "ERP")]
    [InlineData("Object", "\"12\"", "\"12\"")]
    [InlineData("Object", "[1,2]", "[1,2]")]
    [InlineData("TimeSpan", "\"7.00:00:00\"", "7.00:00:00")]
    [InlineData("String", null, "")]
    public void The_dialog_shows_a_value_as_it_would_be_typed(string type, string? json, string shown) =>
        Assert.Equal(shown, CaseValueText.Write(new CaseVariable("value", type, json), CultureInfo.GetCultureInfo("fr-FR"), paris));

    private static string Kept(string language, string type, string typed)
    {
        Assert.Null(CaseValueText.Read(CaseValueText.EditorOf(new CaseVariable("value", type, null)), typed, CultureInfo.GetCultureInfo(language), paris, out var value));
        return value.GetRawText();
    }

    private static string? Refused(string language, string type, string typed) =>
        CaseValueText.Read(CaseValueText.EditorOf(new CaseVariable("value", type, null)), typed, CultureInfo.GetCultureInfo(language), paris, out _);
}
