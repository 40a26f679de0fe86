using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Activities.Tests;

public sealed class SoftDunningTests
{
    [Fact]
    public async Task An_invoice_that_comes_in_is_asked_for_and_reminded()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        var invoice = await house.InvoiceComesInAsync("F-1", 120_00);

        await house.SettleAsync();

        var request = Assert.Single(await RequestsAsync(house, invoice));
        Assert.NotNull(request.VirtualIban);
        Assert.Equal(["reminder.first"], await SentAsync(house));
        var waiting = Assert.Single(await CasesAsync(house));
        Assert.Equal("wait-first", waiting.WaitingNodeId);
        Assert.Equal("F-1", waiting.Reference);
        Assert.Equal(house.Clock.GetUtcNow().AddDays(7), waiting.WaitingUntil);
    }

    [Fact]
    public async Task A_payer_who_never_pays_gets_two_reminders_a_week_apart_and_then_an_agent_a_task()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        await house.InvoiceComesInAsync("F-2", 80_00);
        await house.SettleAsync();

        await house.PassAsync(TimeSpan.FromDays(15));

        Assert.Equal(["reminder.first", "reminder.second"], await SentAsync(house));
        var task = Assert.Single(await TasksAsync(house));
        Assert.Equal("call", task.Kind);
        Assert.Equal("wait-last", Assert.Single(await CasesAsync(house)).WaitingNodeId);
    }

    [Fact]
    public async Task Nobody_is_reminded_again_before_a_week_after_the_due_date()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        await house.InvoiceComesInAsync("F-9", 80_00, dueDate: new DateOnly(2026, 12, 31));
        await house.SettleAsync();

        // Midnight in Paris a week after the last day to pay.
        Assert.Equal(new DateTimeOffset(2027, 1, 6, 23, 0, 0, TimeSpan.Zero), Assert.Single(await CasesAsync(house)).WaitingUntil);
        await house.PassAsync(TimeSpan.FromDays(44));
        Assert.Equal(["reminder.first"], await SentAsync(house));
        await house.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(["reminder.first", "reminder.second"], await SentAsync(house));
    }

    [Fact]
    public async Task A_case_goes_on_the_moment_the_money_is_booked_and_ends()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        var invoice = await house.InvoiceComesInAsync("F-3", 100_00);
        await house.SettleAsync();

        await PayByCardAsync(house, invoice, "tx-1", 100_00);
        await house.SettleAsync();
        await house.PassAsync(TimeSpan.FromDays(40));

        Assert.Equal(["reminder.first"], await SentAsync(house));
        Assert.Equal(CaseSubStatus.Finished, Assert.Single(await CasesAsync(house)).SubStatus);
        Assert.Equal(InvoiceStatus.Paid, (await InvoiceAsync(house, invoice)).Status);
        await AssertBalancedAsync(house);
    }

    [Fact]
    public async Task Half_now_and_the_rest_later_thanks_for_the_part_and_ends_paid()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        var invoice = await house.InvoiceComesInAsync("F-4", 90_00);
        await house.SettleAsync();

        await PayByCardAsync(house, invoice, "tx-1", 45_00);
        await house.SettleAsync();
        Assert.Equal("wait-second", Assert.Single(await CasesAsync(house)).WaitingNodeId);
        await house.PassAsync(TimeSpan.FromDays(2));
        await PayByCardAsync(house, invoice, "tx-2", 45_00);
        await house.SettleAsync();

        Assert.Equal(["reminder.first", "reminder.partly-paid"], await SentAsync(house));
        Assert.Equal(CaseSubStatus.Finished, Assert.Single(await CasesAsync(house)).SubStatus);
        await AssertBalancedAsync(house);
    }

    [Fact]
    public async Task Nobody_is_thanked_for_a_part_when_the_invoice_was_only_corrected()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        var invoice = await house.InvoiceComesInAsync("F-10", 100_00);
        await house.SettleAsync();

        await CorrectAsync(house, invoice, 60_00);
        await house.SettleAsync();

        Assert.Equal("wait-first", Assert.Single(await CasesAsync(house)).WaitingNodeId);
        await PayByCardAsync(house, invoice, "tx-1", 20_00);
        await house.SettleAsync();
        await house.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(["reminder.first", "reminder.partly-paid"], await SentAsync(house));
    }

    [Fact]
    public async Task A_transfer_to_the_debts_virtual_iban_is_matched_and_the_dunning_case_ends()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        var invoice = await house.InvoiceComesInAsync("F-5", 60_00);
        await house.SettleAsync();
        var request = Assert.Single(await RequestsAsync(house, invoice));

        await TransferAsync(house, "sct-1", request.VirtualIban!, 60_00);
        await house.SettleAsync();

        Assert.Equal(InvoiceStatus.Paid, (await InvoiceAsync(house, invoice)).Status);
        Assert.All(await CasesAsync(house), ended => Assert.Equal(CaseSubStatus.Finished, ended.SubStatus));
        await AssertBalancedAsync(house);
    }

    [Fact]
    public async Task A_transfer_whose_invoice_nobody_can_tell_becomes_a_task()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        await house.InvoiceComesInAsync("F-6", 60_00);
        await house.SettleAsync();

        await TransferAsync(house, "sct-1", "FR7612548029989876543210917", 33_33);
        await house.SettleAsync();

        Assert.Equal("review-transfer", Assert.Single(await TasksAsync(house)).Kind);
        Assert.All(await CasesAsync(house), reconciled => Assert.NotEqual(CaseSubStatus.Faulted, reconciled.SubStatus));
    }

    [Fact]
    public async Task Paying_twice_leaves_a_credit_and_the_books_balanced()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        var invoice = await house.InvoiceComesInAsync("F-7", 50_00);
        await house.SettleAsync();

        await PayByCardAsync(house, invoice, "tx-1", 50_00);
        await TransferAsync(house, "sct-1", Assert.Single(await RequestsAsync(house, invoice)).VirtualIban!, 50_00);
        await house.SettleAsync();

        var credit = await house.ReadAsync(async scope => await scope.GetRequiredService<ILedger>().BalanceAsync(LedgerAccount.CustomerCredit, invoice.CustomerId, null));
        Assert.Equal(-50_00, credit["EUR"]);
        await AssertBalancedAsync(house);
    }

    [Fact]
    public async Task The_same_invoice_told_twice_starts_one_case()
    {
        await using var house = await ScenarioHouse.OpenAsync();
        var invoice = await house.InvoiceComesInAsync("F-8", 50_00);
        await house.InScopeAsync(async scope =>
        {
            var records = scope.GetRequiredService<IMerchantRecords>();
            var told = Assert.Single(await records.ListAsync<Payments.Events.DomainEvent>(happened => happened.InvoiceId == invoice.Id && happened.Name == "invoice.imported"));
            records.Raise(told with { Id = Guid.CreateVersion7(), Revision = 0 });
            await records.CommitAsync();
        });

        await house.SettleAsync();

        Assert.Single(await CasesAsync(house));
        Assert.Single(await RequestsAsync(house, invoice));
    }

    private static Task CorrectAsync(ScenarioHouse house, Invoice invoice, long amountMinor) => house.InScopeAsync(async scope =>
    {
        var records = scope.GetRequiredService<IMerchantRecords>();
        var before = (await records.FindAsync<Invoice>(invoice.Id))!;
        var (amount, now) = (new Money(amountMinor, "EUR"), house.Clock.GetUtcNow());
        records.Post(Postings.InvoiceCorrected(before, amount, Money.Zero("EUR"), now));
        records.Update(InvoiceLife.WithOpen(before with { Amount = amount }, (before.Open + (amount - before.Amount)).AmountMinor, now));
        records.Raise(new Payments.Events.DomainEvent
        {
            Id = Guid.CreateVersion7(),
            MerchantId = before.MerchantId,
            Name = Payments.Events.EventNames.InvoiceCorrected,
            At = now,
            CustomerId = before.CustomerId,
            InvoiceId = before.Id,
            SubjectId = before.Id,
            DataJson = "{}",
        });
        await records.CommitAsync();
    });

    private static Task PayByCardAsync(ScenarioHouse house, Invoice invoice, string transaction, long amountMinor) => house.InScopeAsync(async scope =>
    {
        var records = scope.GetRequiredService<IMerchantRecords>();
        var request = (await records.ListAsync<PaymentRequest>(each => each.InvoiceId == invoice.Id)).Single();
        await scope.GetRequiredService<ReceiptBook>().BookAsync(new ReceivedMoney
        {
            SourceKey = transaction,
            Method = PaymentMethod.Card,
            Amount = new Money(amountMinor, "EUR"),
            ReceivedAt = house.Clock.GetUtcNow(),
            RequestId = request.Id,
            InvoiceId = invoice.Id,
            CustomerId = invoice.CustomerId,
        });
        await records.CommitAsync();
    });

    private static Task TransferAsync(ScenarioHouse house, string id, string iban, long amountMinor) => house.InScopeAsync(async scope =>
    {
        await scope.GetRequiredService<GatewaySync>().TakeInAsync(new GatewayTransfer
        {
            Id = id,
            Amount = new Money(amountMinor, "EUR"),
            BookedOn = DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime),
            CreditorIban = iban,
            DebtorName = "DUPONT SARL",
        });
        await scope.GetRequiredService<IMerchantRecords>().CommitAsync();
    });

    private static Task<Invoice> InvoiceAsync(ScenarioHouse house, Invoice invoice) =>
        house.ReadAsync(async scope => (await scope.GetRequiredService<IMerchantRecords>().FindAsync<Invoice>(invoice.Id))!);

    private static Task<IReadOnlyList<PaymentRequest>> RequestsAsync(ScenarioHouse house, Invoice invoice) =>
        house.ReadAsync(async scope => await scope.GetRequiredService<IMerchantRecords>().ListAsync<PaymentRequest>(request => request.InvoiceId == invoice.Id));

    private static Task<IReadOnlyList<WorkTask>> TasksAsync(ScenarioHouse house) =>
        house.ReadAsync(async scope => await scope.GetRequiredService<IMerchantRecords>().ListAsync<WorkTask>(_ => true));

    private static Task<IReadOnlyList<CaseRecord>> CasesAsync(ScenarioHouse house) =>
        house.ReadAsync(async scope => await scope.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery()));

    private static async Task<IEnumerable<string>> SentAsync(ScenarioHouse house) =>
        (await house.ReadAsync(async scope => await scope.GetRequiredService<IMerchantRecords>().ListAsync<Message>(message => message.Status == MessageStatus.Sent)))
            .Select(message => message.Template);

    private static async Task AssertBalancedAsync(ScenarioHouse house)
    {
        var balances = await house.ReadAsync(async scope => await scope.GetRequiredService<ILedger>().TrialBalanceAsync());
        Assert.Equal(0, balances.Sum(balance => balance.BalanceMinor));
    }
}
