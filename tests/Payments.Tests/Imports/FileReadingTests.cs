using System.Text;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Imports;

public sealed class FileReadingTests
{
    private static readonly string Text = Files.Text(Files.Row(name: "Électricité Générale l’Été SARL — n° 1"));

    static FileReadingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void Accents_survive_in_every_encoding_we_read()
    {
        byte[][] files =
        [
            Encoding.UTF8.GetBytes(Text),
            [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)],
            Encoding.GetEncoding(1252).GetBytes(Text),
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)],
            [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)],
        ];

        Assert.Equal(["UTF-8", "UTF-8", "Windows-1252", "UTF-16", "UTF-16"], files.Select(file => InvoiceFile.Read(file, MappingProfile.Standard).Encoding));
        Assert.All(files, file => Assert.Equal("Électricité Générale l’Été SARL — n° 1", InvoiceFile.Read(file, MappingProfile.Standard).Rows[0].Cells[InvoiceColumn.CustomerName]));
    }

    [Theory]
    [InlineData(850)]
    [InlineData(10000)]
    public void A_file_in_another_encoding_is_refused_not_misread(int codePage) =>
        Assert.Equal(RuleCodes.FileEncoding, Refused(Encoding.GetEncoding(codePage).GetBytes(Files.Text(Files.Row(name: "Générale Électricité Bérénice"))), RuleCodes.FileEncoding, RuleCodes.FileNotText));

    [Fact]
    public void A_broken_utf8_file_with_its_mark_is_refused() =>
        Assert.Equal(RuleCodes.FileEncoding, Refused([0xEF, 0xBB, 0xBF, .. Encoding.GetEncoding(1252).GetBytes(Text)]));

    [Fact]
    public void What_is_not_text_is_refused_by_its_kind()
    {
        Assert.Equal("PDF", Kind("%PDF-1.7"u8.ToArray()));
        Assert.Equal("ZIP, XLSX", Kind([0x50, 0x4B, 0x03, 0x04, 1, 2, 3]));
        Assert.Equal("binary", Kind([1, 2, 0, 3]));
        Assert.Equal("binary", Kind([0x90, 0x01, 0xE9, 0x02]));
    }

    [Fact]
    public void An_empty_a_headless_a_rowless_and_a_doubled_file_say_what_they_are()
    {
        Assert.Equal(RuleCodes.FileEmpty, Refused([]));
        Assert.Equal(RuleCodes.FileEmpty, Refused("  \r\n"u8.ToArray()));
        Assert.Equal(RuleCodes.FileNoRows, Refused(Files.Of()));
        Assert.Equal(RuleCodes.FileColumnTwice, Refused(Encoding.UTF8.GetBytes(Text.Replace("Langue", "Montant", StringComparison.Ordinal))));
        var missing = Violation("a;b;c\r\n1;2;3\r\n"u8.ToArray());
        Assert.Equal((RuleCodes.FileColumnsMissing, "number, customerNumber, customerName, email, amount, issueDate, dueDate"), (missing.Code, missing.Arguments["columns"]));
    }

    [Fact]
    public void A_quotation_mark_that_nobody_closes_does_not_swallow_the_file()
    {
        Assert.Equal(RuleCodes.FileQuoteOpen, Refused(Files.Of(Files.Row(description: "\"jamais fermé"), Files.Row("F-2"))));
        var long_ = Enumerable.Range(0, 2_000).Select(number => Files.Row($"F-{number}")).ToArray();
        long_[10] = Files.Row(description: "\"jamais fermé");
        Assert.Equal(RuleCodes.FileQuoteOpen, Refused(Files.Of(long_)));
    }

    [Theory]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData(';')]
    public void The_separator_is_found_and_english_headings_are_known(char separator)
    {
        var text = string.Join(separator, "Invoice number", "Customer ID", "Company", "Email address", "Total", "Currency", "Invoice date", "Due date") + "\n"
            + string.Join(separator, "INV-1", "7", "Harbour Lights Ltd", "a@b.test", "\"1,234.56\"", "GBP", "2026-10-01", "2026-10-31") + "\n";

        var file = InvoiceFile.Read(Encoding.UTF8.GetBytes(text), MappingProfile.Standard);
        var row = Assert.Single(ReadRows.Of(file, "EUR").Rows);

        Assert.Equal((separator, 123_456, "GBP", new DateOnly(2026, 10, 31)), (file.Separator, row.Amount.AmountMinor, row.Amount.Currency, row.DueDate));
    }

    [Fact]
    public void A_file_that_names_its_separator_is_read_by_it()
    {
        var file = InvoiceFile.Read(Encoding.UTF8.GetBytes("sep=;\r\n" + Text), MappingProfile.Standard);

        Assert.Equal((';', 3), (file.Separator, file.Rows[0].Line));
    }

    [Fact]
    public void No_heading_of_the_profile_leads_to_two_columns() =>
        Assert.All(MappingProfile.Standard.Headings.SelectMany(column => column.Value.Select(name => (column.Key, name))), heading =>
        {
            var others = MappingProfile.Standard.Headings.Where(column => column.Key != heading.Key).SelectMany(column => column.Value);
            Assert.DoesNotContain(others, other => InvoiceFile.Simplified(other) == InvoiceFile.Simplified(heading.name));
        });

    private static string Refused(byte[] content) => Violation(content).Code;

    private static string Refused(byte[] content, string expected, string alsoFine) => Violation(content).Code is var code && code == alsoFine ? expected : code;

    private static string Kind(byte[] content)
    {
        var violation = Violation(content);
        Assert.Equal(RuleCodes.FileNotText, violation.Code);
        return violation.Arguments["kind"];
    }

    private static RuleViolation Violation(byte[] content)
    {
        var violation = Assert.Single(Assert.Throws<RuleViolationException>(() => InvoiceFile.Read(content, MappingProfile.Standard)).Violations);
        Assert.Equal("file", violation.Field);
        return violation;
    }
}
