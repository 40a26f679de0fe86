using System.Text;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Statements;
using static CentralPay.Workflows.Payments.Tests.Statements.StatementText;

namespace CentralPay.Workflows.Payments.Tests.Statements;

public sealed class Camt053Tests
{
    [Theory]
    [InlineData("camt.053.001.02")]
    [InlineData("camt.053.001.04")]
    [InlineData("camt.053.001.13")]
    public void A_statement_is_read_in_every_version_from_02_on(string version)
    {
        var statement = Camt053.Read(Of([Credit(120.5m, Paid("Facture F-2026-0001", "DUPONT SARL", "FR1420041010050500013M02606"), "B-1")], "100.00", "220.50", version: version)).Single();

        Assert.Equal((Account, "S-1", "17", new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 3)), (statement.Account, statement.Id, statement.Number, statement.From, statement.To));
        Assert.Equal((TestHouse.Euros(10_000), TestHouse.Euros(22_050)), (statement.Opening!.Value, statement.Closing!.Value));
        var entry = Assert.Single(statement.Entries);
        Assert.Equal((MovementKind.Credit, TestHouse.Euros(12_050), new DateOnly(2026, 11, 3)), (entry.Kind, entry.Amount, entry.BookedOn));
        Assert.Equal(("DUPONT SARL", "FR1420041010050500013M02606", "Facture F-2026-0001", null, "B-1"), (entry.PartyName, entry.PartyIban, entry.Remittance, entry.EndToEndId, entry.OtherReferences));
    }

    [Fact]
    public void Namespaces_and_where_version_08_puts_names_and_states_are_tolerated()
    {
        var text = """
            <c:Document xmlns:c="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08" xmlns:x="urn:bank"><c:BkToCstmrStmt><c:Stmt><c:Id>S</c:Id>
            <c:Acct><c:Id><c:Othr><c:Id>12345</c:Id></c:Othr></c:Id></c:Acct><x:Own><x:Thing/></x:Own>
            <c:Ntry><c:Amt Ccy="EUR">5</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd><c:Sts><c:Cd>BOOK</c:Cd></c:Sts><c:BookgDt><c:DtTm>2026-11-03T23:30:00-05:00</c:DtTm></c:BookgDt>
            <c:NtryDtls><c:TxDtls><c:RltdPties><c:Dbtr><c:Pty><c:Nm>Zoé</c:Nm></c:Pty></c:Dbtr></c:RltdPties></c:TxDtls></c:NtryDtls></c:Ntry></c:Stmt></c:BkToCstmrStmt></c:Document>
            """;

        var statement = Camt053.Read(Encoding.UTF8.GetBytes(text)).Single();

        Assert.Equal(("12345", "Zoé", new DateOnly(2026, 11, 3), 500), (statement.Account, statement.Entries[0].PartyName, statement.Entries[0].BookedOn, statement.Entries[0].Amount.AmountMinor));
    }

    [Fact]
    public void A_collective_booking_is_as_many_movements_as_it_has_payers_and_one_where_their_amounts_are_not_told()
    {
        var told = Credit(30, Paid("A", amount: "<Amt Ccy=\"EUR\">10.00</Amt>") + Paid("B", amount: "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">20.00</Amt></TxAmt></AmtDtls>"));
        var untold = Credit(30, Paid("A") + Paid("B"));

        Assert.Equal([(1_000L, "A"), (2_000L, "B")], Entries(told).Select(entry => (entry.Amount.AmountMinor, entry.Remittance!)));
        Assert.Equal((3_000L, "A B"), (Entries(untold).Single().Amount.AmountMinor, Entries(untold).Single().Remittance));
    }

    [Fact]
    public void References_are_taken_from_wherever_the_bank_puts_them()
    {
        var details = "<TxDtls><Refs><AcctSvcrRef>BANK-7</AcctSvcrRef><InstrId>INSTR-1</InstrId><EndToEndId>E2E-1</EndToEndId><TxId>NOTPROVIDED</TxId></Refs>"
            + "<RmtInf><Ustrd>first</Ustrd><Ustrd>second</Ustrd><Strd><RfrdDocInf><Nb>F-2026-0009</Nb></RfrdDocInf><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>";

        var entry = Entries(Credit(1, details)).Single();

        Assert.Equal(("E2E-1", "INSTR-1 BANK-7", "first second RF18539007547034 F-2026-0009"), (entry.EndToEndId, entry.OtherReferences, entry.Remittance));
    }

    [Fact]
    public void Debits_and_reversals_are_told_apart_and_what_is_only_announced_is_left()
    {
        var statement = Camt053.Read(Of(Credit(1, ""), Debit(2), Debit(3, more: "<RvslInd>true</RvslInd>"), Credit(4, "", more: "<RvslInd>true</RvslInd>"), Credit(5, "", status: "<Sts>PDNG</Sts>"))).Single();

        Assert.Equal([MovementKind.Credit, MovementKind.Debit, MovementKind.CreditReversal, MovementKind.DebitReversal], statement.Entries.Select(entry => entry.Kind));
        Assert.Equal(1, statement.Announced);
    }

    [Fact]
    public void A_statement_that_does_not_add_up_is_refused()
    {
        Assert.Single(Camt053.Read(Of([Credit(50, ""), Debit(80)], "10.00", "-20.00")));
        var refused = Refused(Of([Credit(50, ""), Debit(80)], "10.00", "20.00"));

        Assert.Equal(RuleCodes.StatementBalance, refused.Code);
        Assert.Equal(("10.00", "-30.00", "20.00"), (refused.Arguments["opening"], refused.Arguments["sum"], refused.Arguments["closing"]));
    }

    [Theory]
    [InlineData("", RuleCodes.FileEmpty)]
    [InlineData("Numéro;Montant", RuleCodes.FileNotXml)]
    [InlineData("<Document><BkToCstmrStmt>", RuleCodes.FileNotXml)]
    [InlineData("<html><body/></html>", RuleCodes.StatementKind)]
    [InlineData("<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.054.001.02'><BkToCstmrDbtCdtNtfctn/></Document>", RuleCodes.StatementKind)]
    [InlineData("<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.01'><BkToCstmrStmt/></Document>", RuleCodes.StatementKind)]
    [InlineData("<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>", RuleCodes.StatementNone)]
    [InlineData("<Document><BkToCstmrStmt><Stmt><Id>1</Id></Stmt></BkToCstmrStmt></Document>", RuleCodes.StatementNoAccount)]
    public void A_wrong_file_is_refused_by_the_name_of_its_rule(string text, string rule) => Assert.Equal(rule, Refused(Encoding.UTF8.GetBytes(text)).Code);

    [Theory]
    [InlineData("<Amt Ccy=\"EUR\">1,50</Amt>")]
    [InlineData("<Amt Ccy=\"EUR\">1.505</Amt>")]
    [InlineData("<Amt Ccy=\"XXX\">1.50</Amt>")]
    [InlineData("<Amt>1.50</Amt>")]
    public void An_amount_that_cannot_be_read_is_refused_with_its_entry(string amount)
    {
        var refused = Refused(Of($"<Ntry><NtryRef>N-4</NtryRef>{amount}<CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-11-03</Dt></BookgDt></Ntry>"));

        Assert.Equal((RuleCodes.StatementEntry, "N-4", "Amt"), (refused.Code, refused.Arguments["entry"], refused.Arguments["element"]));
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;\">]><Document>&y;</Document>")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><Document/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1:1/\">]><Document>&x;</Document>")]
    public void Xml_bombs_and_foreign_entities_are_refused(string text)
    {
        Assert.Equal(RuleCodes.FileDoctype, Refused(Encoding.UTF8.GetBytes(text)).Code);
        Assert.Equal(RuleCodes.FileDoctype, Refused([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]).Code);
    }

    [Fact]
    public void Xml_that_is_nested_or_large_without_end_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        Assert.Equal(RuleCodes.FileTooDeep, Refused(Of($"<Ntry>{deep}")).Code);
        Assert.Equal(RuleCodes.FileTooDeep, Refused(Of($"<Other>{deep}")).Code);
        Assert.Equal(RuleCodes.StatementTooLarge, Refused(Of($"<Ntry>{string.Concat(Enumerable.Repeat("<a/>", 500_001))}</Ntry>")).Code);
        Assert.Equal(RuleCodes.FileTooLarge, Refused(new byte[StatementLimits.MaxBytes + 1]).Code);
    }

    [Fact]
    public void A_movement_keeps_its_key_in_an_overlapping_statement_and_two_that_are_alike_have_two()
    {
        var (one, other) = (Credit(10, Paid("loyer")), Credit(10, Paid("loyer"), "B-2"));
        var first = Camt053.Read(Of(one, other, one)).Single().Entries.Select(entry => entry.Key).ToArray();
        var second = Camt053.Read(Of([Debit(1), other, one], null, null, id: "S-2")).Single().Entries.Select(entry => entry.Key).ToArray();

        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal([first[1], first[0]], second[1..]);
    }

    [Fact]
    public void A_card_number_in_what_a_payer_wrote_is_scrubbed() =>
        Assert.DoesNotContain("4556557955726624", Entries(Credit(1, Paid("carte 4556557955726624"))).Single().Remittance, StringComparison.Ordinal);

    private static IReadOnlyList<StatementEntry> Entries(string entry) => Camt053.Read(Of(entry)).Single().Entries;

    private static RuleViolation Refused(byte[] content) => Assert.Single(Assert.Throws<RuleViolationException>(() => Camt053.Read(content)).Violations);
}
