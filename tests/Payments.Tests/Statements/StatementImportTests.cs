using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Statements;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Transfers;
using static CentralPay.Workflows.Payments.Tests.Statements.StatementText;

namespace CentralPay.Workflows.Payments.Tests.Statements;

public sealed class StatementImportTests
{
    private const string PayerIban = "DE89370400440532013000";

    private readonly TestHouse house = new();

    [Fact]
    public async Task What_came_in_becomes_a_transfer_whose_money_waits_for_its_invoice()
    {
        var import = await RunAsync(Of([Credit(100, Paid("F-2026-0001", "DUPONT", PayerIban)), Debit(40)], "0.00", "60.00"));

        Assert.Equal((ImportStatus.Completed, 2, 1, 0, 1, 0), (import.Status, import.Handled, import.Added, import.Known, import.Debits, import.Reversals));
        var transfer = Assert.Single(house.All<IncomingTransfer>());
        Assert.Equal(("DUPONT", PayerIban, "F-2026-0001", Account), (transfer.DebtorName, transfer.DebtorIban, transfer.Remittance, transfer.CreditorIban));
        Assert.Equal((10_000, -10_000), (house.Balance(LedgerAccount.Bank), house.Balance(LedgerAccount.UnallocatedReceipts)));
        Assert.Contains(EventNames.TransferReceived, house.Events);
        Assert.Contains(EventNames.StatementImported, house.Events);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task The_same_statement_again_changes_nothing()
    {
        var content = Of(Credit(100, Paid("a")), Credit(100, Paid("a")), Debit(3, more: "<RvslInd>true</RvslInd>"));
        await RunAsync(content);
        var again = await RunAsync(content);

        Assert.Equal((0, 2), (again.Added, again.Known));
        Assert.Equal(2, house.All<IncomingTransfer>().Count);
        Assert.Equal(StatementIntake.ReversalTask, Assert.Single(house.All<WorkTask>()).Kind);
        Assert.Single(house.All<BankStatement>());
        Assert.Equal(20_000, house.Balance(LedgerAccount.Bank));
    }

    [Fact]
    public async Task An_overlapping_statement_adds_only_what_is_new()
    {
        await RunAsync(Of(Credit(100, Paid("a"), "B-1"), Credit(50, Paid("b"), "B-2")));
        var preview = await house.DoAsync<StatementImports, StatementPreview>(imports => imports.PreviewAsync(Of([Credit(50, Paid("b"), "B-2"), Credit(70, Paid("c"), "B-3")], null, null, id: "S-2"), "next.xml"));
        var next = await RunAsync(Of([Credit(50, Paid("b"), "B-2"), Credit(70, Paid("c"), "B-3")], null, null, id: "S-2"));

        Assert.Equal((1, 1), (preview.New, preview.Known));
        Assert.Equal((1, 1), (next.Added, next.Known));
        Assert.Equal(22_000, house.Balance(LedgerAccount.Bank));
    }

    [Theory]
    [InlineData("E2E-1", "E2E-1", "x", "y")]
    [InlineData(null, "NOTPROVIDED", "Facture F-2026-0001", "FACTURE F 2026 0001")]
    public async Task A_transfer_that_the_gateway_told_already_is_not_booked_twice(string? gatewayId, string statementId, string gatewayText, string statementText)
    {
        await GatewayTellsAsync("gw-1", gatewayId, gatewayText);
        var import = await RunAsync(Of(Credit(100, Paid(statementText, "DUPONT", PayerIban, statementId), date: "2026-11-05")));

        Assert.Equal((0, 1), (import.Added, import.Known));
        Assert.Equal(10_000, house.Balance(LedgerAccount.Bank));
        Assert.StartsWith("statement:", Assert.Single(house.All<IncomingTransfer>()).AlsoToldAs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nor_is_one_that_the_statement_told_first()
    {
        await RunAsync(Of(Credit(100, Paid("F-2026-0001", "DUPONT", PayerIban, "E2E-1"))));
        await GatewayTellsAsync("gw-1", "E2E-1", "F-2026-0001");
        await GatewayTellsAsync("gw-1", "E2E-1", "F-2026-0001");

        Assert.Equal("gateway:gw-1", Assert.Single(house.All<IncomingTransfer>()).AlsoToldAs);
    }

    [Fact]
    public async Task A_second_payment_that_is_alike_stays_a_second_payment()
    {
        await GatewayTellsAsync("gw-1", null, "F-2026-0001");
        var import = await RunAsync(Of(Credit(100, Paid("F-2026-0001", "DUPONT", PayerIban)), Credit(100, Paid("F-2026-0001", "DUPONT", PayerIban))));

        Assert.Equal((1, 1), (import.Added, import.Known));
        Assert.Equal(20_000, house.Balance(LedgerAccount.Bank));
    }

    [Fact]
    public async Task A_file_that_is_refused_changes_nothing()
    {
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => RunAsync(Of([Credit(100, Paid("a"))], "0.00", "1.00")));

        Assert.Equal(("file", RuleCodes.StatementBalance), (refused.Violations[0].Field, refused.Violations[0].Code));
        Assert.Empty(house.All<StatementImport>());
        Assert.Empty(house.All<IncomingTransfer>());
    }

    [Fact]
    public async Task A_missing_statement_shows_by_the_balance_it_leaves_open()
    {
        await RunAsync(Of([Credit(100, Paid("a"))], "0.00", "100.00", from: "2026-11-01", to: "2026-11-01"));
        var follows = await RunAsync(Of([Credit(5, Paid("b"))], "100.00", "105.00", "S-2", from: "2026-11-02", to: "2026-11-02"));
        var afterGap = await RunAsync(Of([Credit(5, Paid("c"))], "200.00", "205.00", "S-4", from: "2026-11-04", to: "2026-11-04"));

        Assert.False(StatementImports.StatementsOf(follows).Single().FollowsGap);
        Assert.True(StatementImports.StatementsOf(afterGap).Single().FollowsGap);
    }

    [Fact]
    public async Task Who_may_not_bring_statements_is_refused()
    {
        var content = Of(Credit(1, Paid("a")));
        await Assert.ThrowsAsync<AccessDeniedException>(() => RunAsync(content, TestHouse.Person(Permissions.Read)));
        Assert.Equal(1, (await RunAsync(content, TestHouse.Person(Permissions.ImportStatements))).Added);
    }

    private Task<StatementImport> RunAsync(byte[] content, Actor? actor = null) =>
        house.DoAsync<StatementImports, StatementImport>(imports => imports.RunAsync(content, "statement.xml", null), actor);

    private Task GatewayTellsAsync(string id, string? endToEnd, string text) => house.DoAsync<GatewaySync>(sync => sync.TakeInAsync(new GatewayTransfer
    {
        Id = id,
        Amount = TestHouse.Euros(10_000),
        BookedOn = new DateOnly(2026, 11, 3),
        DebtorIban = "DE89 3704 0044 0532 0130 00",
        Remittance = text,
        EndToEndId = endToEnd,
    }));
}
