using CentralPay.Workflows.Payments.Ledger;

namespace CentralPay.Workflows.Payments.Tests.Ledger;

public sealed class LedgerTests
{
    [Fact]
    public void An_entry_that_does_not_balance_in_each_currency_is_refused()
    {
        Refused(Line(100, "EUR"), Line(-99, "EUR"));
        Refused(Line(100, "EUR"), Line(-100, "USD"));
        Refused(Line(100, "EUR"), Line(-100, "EUR"), Line(1, "USD"), Line(-2, "USD"));
    }

    [Fact]
    public void An_entry_without_two_lines_or_with_a_line_of_nothing_is_refused()
    {
        Refused();
        Refused(Line(100, "EUR"));
        Refused(Line(100, "EUR"), Line(-100, "EUR"), Line(0, "EUR"));
    }

    [Fact]
    public void Taking_an_entry_back_leaves_nothing_of_it()
    {
        var entry = LedgerRules.Checked(Entry(Line(100, "EUR"), Line(-60, "EUR"), Line(-40, "EUR")));

        var reversal = Postings.Reversal(entry, entry.At);

        Assert.Equal(entry.Id, reversal.ReversesId);
        Assert.Equal(entry.Lines.Select(line => -line.AmountMinor), reversal.Lines.Select(line => line.AmountMinor));
    }

    private static void Refused(params LedgerLine[] lines) => Assert.Throws<LedgerEntryRefusedException>(() => LedgerRules.Checked(Entry(lines)));

    private static LedgerEntry Entry(params LedgerLine[] lines) => new() { Id = Guid.CreateVersion7(), MerchantId = TestHouse.MerchantId, Key = "test", Kind = "test", At = DateTimeOffset.UnixEpoch, Lines = lines };

    private static LedgerLine Line(long minor, string currency) => new() { Account = LedgerAccount.Bank, AmountMinor = minor, Currency = currency };
}
