using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests;

public sealed class SqliteUnitOfWorkTests() : UnitOfWorkTests(StorageProvider.Sqlite);

public sealed class PostgreSqlUnitOfWorkTests() : UnitOfWorkTests(StorageProvider.PostgreSql);

/// <summary>What is appended together is written together, read at once, and refused when somebody else was first.</summary>
public abstract class UnitOfWorkTests(StorageProvider provider) : StorageTest(provider)
{
    [Fact]
    public async Task A_record_is_read_back_as_it_was_written()
    {
        var invoice = Sample.Invoice(Merchant, "F-1") with { PromisedUntil = new DateOnly(2026, 4, 1), Description = "Été, 12 × « lumière »", PaidAt = TestDatabase.Start.AddTicks(1230) };
        await CommitAsync(records => records.Add(invoice));

        Assert.Equal(invoice, await ReadAsync(records => records.FindAsync<Invoice>(invoice.Id)));
    }

    [Fact]
    public async Task Cases_money_events_and_effects_of_one_unit_of_work_stand_together_or_not_at_all()
    {
        var taken = Sample.Invoice(Merchant, "F-1");
        await CommitAsync(records => records.Add(taken));
        var customer = Sample.Customer(Merchant, "C-1");

        await Assert.ThrowsAsync<RecordConflictException>(() => CommitAsync(records =>
        {
            records.Add(customer);
            records.Post(Sample.Sale(Merchant, "invoice:2", 100));
            records.Ask(Sample.Effect(Merchant, "effect-1"));
            records.Raise(Sample.Event(Merchant, EventNames.InvoiceImported));
            ((IEngineUnitOfWork)records).Append(new WorkEnqueued(Work("work-1")));
            records.Add(Sample.Invoice(Merchant, "F-1"));
        }));

        Assert.Null(await ReadAsync(records => records.FindAsync<Customer>(customer.Id)));
        Assert.Equal(0, await ReadAsync(records => records.CountAsync<Effect>(effect => true)));
        Assert.Equal(0, await ReadAsync(records => records.CountAsync<DomainEvent>(happened => true)));
        Assert.Equal(0, await House.Get<IWorkQueue>().DepthAsync());
        Assert.Equal(0, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM ledger_lines"));
        Assert.Empty(House.Feed.Published);
    }

    [Fact]
    public async Task Who_has_waited_for_somebody_outside_reads_what_stands_then()
    {
        var invoice = Sample.Invoice(Merchant, "F-1");
        await CommitAsync(records => records.Add(invoice));
        await using var scope = House.Open(Merchant);
        await scope.Records.FindAsync<Invoice>(invoice.Id);

        await CommitAsync(records => records.Update(invoice with { Disputed = true }));

        Assert.True((await scope.Records.FindAsync<Invoice>(invoice.Id))!.Disputed);
    }

    [Fact]
    public async Task All_steps_of_a_burst_see_one_state_and_a_change_of_it_that_came_meanwhile_is_not_overwritten()
    {
        var invoice = Sample.Invoice(Merchant, "F-1");
        await CommitAsync(records => records.Add(invoice));
        await using var burst = House.Get<ITenantScopes>().Open(Merchant);
        var records = burst.Services.GetRequiredService<IMerchantRecords>();
        await records.FindAsync<Invoice>(invoice.Id);
        await CommitAsync(others => others.Update(invoice with { Disputed = true }));

        var seen = (await records.FindAsync<Invoice>(invoice.Id))!;
        Assert.False(seen.Disputed);
        records.Update(seen with { Description = "reminded" });

        await Assert.ThrowsAsync<RecordConflictException>(() => records.CommitAsync());
        ((IEngineUnitOfWork)records).CutBack(0);
        Assert.True((await records.FindAsync<Invoice>(invoice.Id))!.Disputed);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_400)]
    public async Task Of_a_long_commit_that_fails_somewhere_nothing_stands_and_the_next_one_is_written(int failsAt)
    {
        var taken = Sample.Invoice(Merchant, "F-taken");
        await CommitAsync(records => records.Add(taken));

        var failure = await Assert.ThrowsAsync<RecordConflictException>(() => CommitAsync(records =>
        {
            for (var number = 0; number < 1_500; number++)
            {
                records.Add(Sample.Invoice(Merchant, number == failsAt ? taken.Number : $"F-{number}"));
            }
        }));

        Assert.Contains("unique", failure.Message, StringComparison.Ordinal);
        await CommitAsync(records => records.Add(Sample.Invoice(Merchant, "F-next")));
        Assert.Equal(2, await ReadAsync(records => records.CountAsync<Invoice>(invoice => true)));
    }

    [Fact]
    public async Task Reads_see_what_was_appended_and_nothing_of_what_was_cut_back()
    {
        var stored = Sample.Invoice(Merchant, "F-1");
        await CommitAsync(records => records.Add(stored));
        await using var scope = House.Open(Merchant);
        var unit = (IEngineUnitOfWork)scope.Records;

        var changed = scope.Records.Update(stored with { Disputed = true });
        var mark = unit.Position;
        scope.Records.Add(Sample.Invoice(Merchant, "F-2") with { Disputed = true });
        scope.Records.Update(changed with { Description = "cut" });

        Assert.Equal(["F-1", "F-2"], (await scope.Records.ListAsync<Invoice>(invoice => invoice.Disputed)).Select(invoice => invoice.Number));
        Assert.Empty(await scope.Records.ListAsync<Invoice>(invoice => !invoice.Disputed));
        Assert.Equal("cut", (await scope.Records.FindAsync<Invoice>(stored.Id))!.Description);

        unit.CutBack(mark);
        Assert.Equal("F-1", Assert.Single(await scope.Records.ListAsync<Invoice>(invoice => invoice.Disputed)).Number);
        await scope.Records.CommitAsync();
        Assert.Equal(0, unit.Position);

        var kept = Assert.Single(await ReadAsync(records => records.ListAsync<Invoice>(invoice => true)));
        Assert.Equal((true, null, 1L), (kept.Disputed, kept.Description, kept.Revision));
    }

    [Fact]
    public async Task A_unit_of_work_is_empty_after_its_commit_and_goes_on()
    {
        await using var scope = House.Open(Merchant);
        var invoice = Sample.Invoice(Merchant, "F-1");
        scope.Records.Add(invoice);
        var changed = scope.Records.Update(invoice with { Disputed = true });
        await scope.Records.CommitAsync();

        scope.Records.Update(changed with { Description = "later" });
        await scope.Records.CommitAsync();
        await scope.Records.CommitAsync();

        var read = await ReadAsync(records => records.FindAsync<Invoice>(invoice.Id));
        Assert.Equal((true, "later", 2L), (read!.Disputed, read.Description, read.Revision));
    }

    [Fact]
    public async Task A_record_changed_by_somebody_else_since_it_was_read_is_not_overwritten()
    {
        var invoice = Sample.Invoice(Merchant, "F-1");
        await CommitAsync(records => records.Add(invoice));
        await CommitAsync(records => records.Update(invoice with { Description = "first" }));

        await Assert.ThrowsAsync<RecordConflictException>(() => CommitAsync(records => records.Update(invoice with { Description = "second" })));

        Assert.Equal("first", (await ReadAsync(records => records.FindAsync<Invoice>(invoice.Id)))!.Description);
    }

    [Fact]
    public async Task A_change_made_from_an_older_copy_in_the_same_unit_of_work_is_refused()
    {
        await using var scope = House.Open(Merchant);
        var invoice = Sample.Invoice(Merchant, "F-1");
        scope.Records.Add(invoice);
        scope.Records.Update(invoice with { Disputed = true });

        Assert.Throws<RecordConflictException>(() => scope.Records.Update(invoice with { Description = "lost update" }));
    }

    [Fact]
    public async Task A_unique_value_is_taken_once_in_a_merchant_and_free_in_another()
    {
        await CommitAsync(records => records.Add(Sample.Customer(Merchant, "C-1")));

        await Assert.ThrowsAsync<RecordConflictException>(() => CommitAsync(records => records.Add(Sample.Customer(Merchant, "C-1"))));
        await CommitAsync(records => records.Add(Sample.Customer(OtherMerchant, "C-1")), OtherMerchant);
    }

    [Fact]
    public async Task The_same_fact_is_booked_once()
    {
        var invoice = Guid.CreateVersion7();
        await CommitAsync(records => records.Post(Sample.Sale(Merchant, "invoice:1", 100, invoice)));
        await CommitAsync(records =>
        {
            records.Post(Sample.Sale(Merchant, "invoice:1", 100, invoice));
            records.Post(Sample.Sale(Merchant, "invoice:2", 30, invoice));
            records.Post(Sample.Sale(Merchant, "invoice:2", 30, invoice));
        });

        await using var scope = House.Open(Merchant);
        var ledger = scope.Services.GetRequiredService<ILedger>();
        Assert.Equal(130, (await ledger.BalanceAsync(LedgerAccount.Receivable, null, invoice))["EUR"]);
        Assert.Equal(2, (await ledger.OfInvoiceAsync(invoice)).Count);
        Assert.All(await ledger.OfInvoiceAsync(invoice), entry => Assert.Equal(2, entry.Lines.Count));
    }

    [Fact]
    public async Task A_balance_sees_what_was_posted_and_not_yet_committed_unless_it_is_booked_already()
    {
        var customer = Guid.CreateVersion7();
        await CommitAsync(records => records.Post(Sample.Sale(Merchant, "invoice:1", 100, customer: customer)));
        await using var scope = House.Open(Merchant);
        var ledger = scope.Services.GetRequiredService<ILedger>();

        scope.Records.Post(Sample.Sale(Merchant, "invoice:1", 100, customer: customer));
        scope.Records.Post(Sample.Sale(Merchant, "invoice:2", 20, customer: customer));

        Assert.Equal(120, (await ledger.BalanceAsync(LedgerAccount.Receivable, customer, null))["EUR"]);
        Assert.Equal(-120, (await ledger.BalanceAsync(LedgerAccount.Sales, null, null))["EUR"]);
        Assert.Empty(await ledger.BalanceAsync(LedgerAccount.Fees, null, null));
        Assert.Equal([100L, -100L], (await ledger.TrialBalanceAsync()).Select(account => account.BalanceMinor));
    }

    [Fact]
    public async Task An_effect_asked_twice_under_one_key_is_asked_once()
    {
        await CommitAsync(records => records.Ask(Sample.Effect(Merchant, "case/1/1")));
        await CommitAsync(records =>
        {
            records.Ask(Sample.Effect(Merchant, "case/1/1"));
            records.Ask(Sample.Effect(Merchant, "case/1/2"));
            records.Ask(Sample.Effect(Merchant, "case/1/2"));
        });

        Assert.Equal(2, await ReadAsync(records => records.CountAsync<Effect>(effect => true)));
    }

    [Fact]
    public async Task Events_reach_the_feed_after_the_commit_and_listeners_within_it()
    {
        await using var house = await TestDatabase.OpenAsync(Provider, services => services.AddScoped<IDomainEventListener, StartsWork>());
        await using var scope = house.Open(Merchant);

        scope.Records.Raise(Sample.Event(Merchant, EventNames.PaymentReceived));

        Assert.Equal(2, ((IEngineUnitOfWork)scope.Records).Position);
        Assert.Empty(house.Feed.Published);
        await scope.Records.CommitAsync();
        Assert.Equal((Merchant, EventNames.PaymentReceived), house.Feed.Published.Select(told => (told.MerchantId, told.Event.Name)).Single());
        Assert.Equal(1, await house.Get<IWorkQueue>().DepthAsync());
    }

    [Fact]
    public async Task A_commit_that_leaves_work_wakes_the_workers()
    {
        using var signal = new WorkSignal();
        await using var house = await TestDatabase.OpenAsync(Provider, services => services.AddSingleton<IWorkSignal>(signal));
        await using var scope = house.Open(Merchant);
        var waiting = signal.WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);

        scope.Records.Add(Sample.Customer(Merchant, "C-1"));
        await scope.Records.CommitAsync();
        Assert.False(waiting.IsCompleted);

        scope.Records.Ask(Sample.Effect(Merchant, "e-1"));
        await scope.Records.CommitAsync();
        await waiting;
    }

    [Fact]
    public async Task A_row_of_another_merchant_cannot_be_appended()
    {
        await using var scope = House.Open(Merchant);

        Assert.Throws<InvalidOperationException>(() => scope.Records.Add(Sample.Invoice(OtherMerchant, "F-1")));
        Assert.Throws<InvalidOperationException>(() => ((IEngineUnitOfWork)scope.Records).Append(new WorkEnqueued(Work("w") with { TenantId = OtherMerchant })));
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest()
    {
        var customers = Enumerable.Range(1, 5).Select(number => Sample.Customer(Merchant, $"C-{number}") with { Id = Guid.CreateVersion7(TestDatabase.Start.AddSeconds(number)) }).ToList();
        await CommitAsync(records => customers.ForEach(records.Add));

        var first = await ReadAsync(records => records.PageAsync<Customer>(customer => true, null, 2));
        var second = await ReadAsync(records => records.PageAsync<Customer>(customer => true, first[^1].Id, 10));

        Assert.Equal(["C-5", "C-4"], first.Select(customer => customer.Number));
        Assert.Equal(["C-3", "C-2", "C-1"], second.Select(customer => customer.Number));
        Assert.Equal(["C-1", "C-2"], (await ReadAsync(records => records.ListAsync<Customer>(customer => true, 2))).Select(customer => customer.Number));
    }

    private WorkItem Work(string key) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = Merchant,
        Kind = WorkKind.Resume,
        Key = key,
        CaseId = Guid.CreateVersion7(),
        EnqueuedAt = TestDatabase.Start,
    };

    private sealed class StartsWork(IEngineUnitOfWork unit) : IDomainEventListener
    {
        public void On(DomainEvent happened) => unit.Append(new WorkEnqueued(new WorkItem
        {
            Id = Guid.CreateVersion7(),
            TenantId = happened.MerchantId,
            Kind = WorkKind.Resume,
            Key = happened.Name,
            CaseId = Guid.CreateVersion7(),
            EnqueuedAt = happened.At,
        }));
    }
}
