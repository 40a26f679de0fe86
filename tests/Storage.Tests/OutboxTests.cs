using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Tests.Running;

namespace CentralPay.Workflows.Storage.Tests;

public sealed class SqliteOutboxTests() : OutboxTests(StorageProvider.Sqlite);

public sealed class PostgreSqlOutboxTests() : OutboxTests(StorageProvider.PostgreSql);

/// <summary>Effects are handed out when due, a few of each lane, to one holder at a time.</summary>
public abstract class OutboxTests(StorageProvider provider) : StorageTest(provider)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_effect_is_claimed_when_it_is_due_and_not_before()
    {
        var due = TestDatabase.Start.AddHours(1);
        await CommitAsync(records => records.Ask(Sample.Effect(Merchant, "later", dueAt: due)));

        Assert.Equal(due, await House.Get<IOutboxQueue>().NextDueAsync());
        Assert.Empty(await ClaimAsync(due.AddMicroseconds(-1)));
        Assert.Equal("later", Assert.Single(await ClaimAsync(due)).Key);
        Assert.Empty(await ClaimAsync(due));
    }

    [Fact]
    public async Task A_dead_lane_holds_back_itself_alone()
    {
        await CommitAsync(records =>
        {
            for (var number = 0; number < 200; number++)
            {
                records.Ask(Sample.Effect(Merchant, $"dead-{number}", "webhook/dead", TestDatabase.Start.AddDays(-1)));
            }

            records.Ask(Sample.Effect(Merchant, "alive", "webhook/alive"));
        });
        await CommitAsync(records => records.Ask(Sample.Effect(OtherMerchant, "other", "webhook/dead")), OtherMerchant);

        var claimed = await ClaimAsync(TestDatabase.Start, limit: 20, perLane: 3);

        Assert.Equal(3, claimed.Count(effect => effect.Lane == "webhook/dead" && effect.MerchantId == Merchant));
        Assert.Contains(claimed, effect => effect.Key == "alive");
        Assert.Contains(claimed, effect => effect.Key == "other");
        Assert.Empty(await ClaimAsync(TestDatabase.Start, limit: 20, perLane: 3));
    }

    [Fact]
    public async Task What_a_killed_process_held_is_free_at_the_next_start_where_only_one_process_can_be()
    {
        await CommitAsync(records => records.Ask(Sample.Effect(Merchant, "held")));
        Assert.Single(await ClaimAsync(TestDatabase.Start));

        await House.Get<DatabaseStart>().MigrateAsync();

        var free = await ClaimAsync(TestDatabase.Start);
        Assert.Equal(Provider == StorageProvider.Sqlite ? 1 : 0, free.Count);
        Assert.All(free, effect => Assert.True(effect.MayHaveBegun));
    }

    [Fact]
    public async Task A_try_that_ended_without_a_word_is_known_to_all_later_ones()
    {
        await CommitAsync(records => records.Ask(Sample.Effect(Merchant, "e-1")));
        Assert.False(Assert.Single(await ClaimAsync(TestDatabase.Start)).MayHaveBegun);

        await House.ExecuteAsync($"UPDATE effects SET lease_until_microseconds = 1");
        var second = Assert.Single(await ClaimAsync(TestDatabase.Start));
        await CommitAsync(records => records.Settle(Settlement(second, EffectState.Pending) with { NextDueAt = TestDatabase.Start, CountsAsAttempt = false }));

        Assert.True(second.MayHaveBegun);
        Assert.True(Assert.Single(await ClaimAsync(TestDatabase.Start)).MayHaveBegun);
    }

    [Fact]
    public async Task One_that_was_put_off_was_not_begun()
    {
        await CommitAsync(records => records.Ask(Sample.Effect(Merchant, "e-1")));
        var first = Assert.Single(await ClaimAsync(TestDatabase.Start));
        await CommitAsync(records => records.Settle(Settlement(first, EffectState.Pending) with { NextDueAt = TestDatabase.Start, CountsAsAttempt = false }));

        Assert.False(Assert.Single(await ClaimAsync(TestDatabase.Start)).MayHaveBegun);
    }

    [Fact]
    public async Task Each_kind_of_destination_says_how_much_waits_since_when_and_when_the_next_is_due()
    {
        await CommitAsync(records =>
        {
            records.Ask(Sample.Effect(Merchant, "one", EffectLanes.Webhook(Guid.CreateVersion7()), TestDatabase.Start.AddHours(1)));
            records.Ask(Sample.Effect(Merchant, "two", "webhook:an-older-one", TestDatabase.Start.AddHours(2)) with { AskedAt = TestDatabase.Start.AddDays(-3), Attempts = 4 });
            records.Ask(Sample.Effect(Merchant, "three", EffectLanes.Gateway(Merchant)));
        });
        await CommitAsync(records => records.Ask(Sample.Effect(OtherMerchant, "other", EffectLanes.Email(OtherMerchant))), OtherMerchant);

        var own = await House.Get<IOutboxQueue>().StandAsync(Merchant);

        Assert.Equal([new DestinationStand("gateway", 1, TestDatabase.Start, TestDatabase.Start), new DestinationStand("webhook", 2, TestDatabase.Start.AddDays(-3), TestDatabase.Start.AddHours(1))], own);
        Assert.Equal(3, (await House.Get<IOutboxQueue>().StandAsync()).Count);
    }

    [Fact]
    public async Task The_oldest_effects_go_first()
    {
        await CommitAsync(records =>
        {
            foreach (var minutes in new[] { 3, 1, 2 })
            {
                records.Ask(Sample.Effect(Merchant, $"after-{minutes}", $"lane-{minutes}", TestDatabase.Start.AddMinutes(minutes)));
            }
        });

        Assert.Equal(["after-1", "after-2"], (await ClaimAsync(TestDatabase.Start.AddHours(1), limit: 2)).Select(effect => effect.Key));
    }

    [Fact]
    public async Task A_settled_effect_keeps_its_answer_and_its_tries()
    {
        var asked = Sample.Effect(Merchant, "e-1");
        await CommitAsync(records => records.Ask(asked));
        var first = Assert.Single(await ClaimAsync(TestDatabase.Start));
        var retryAt = TestDatabase.Start.AddMinutes(5);
        await CommitAsync(records => records.Settle(Settlement(first, EffectState.Pending) with { NextDueAt = retryAt, Error = "HTTP 503", StatusCode = 503 }));
        Assert.Empty(await ClaimAsync(TestDatabase.Start));

        var second = Assert.Single(await ClaimAsync(retryAt));
        await CommitAsync(records => records.Settle(Settlement(second, EffectState.Delivered) with { AnswerJson = "{\"id\":7}", StatusCode = 200 }));

        var effect = await ReadAsync(records => records.FindAsync<Effect>(asked.Id));
        Assert.Equal((EffectState.Delivered, 2, "{\"id\":7}", null), (effect!.State, effect.Attempts, effect.AnswerJson, effect.LastError));
        Assert.NotNull(effect.SettledAt);
        var tries = await ReadAsync(records => records.ListAsync<EffectAttempt>(attempt => attempt.EffectId == asked.Id));
        Assert.Equal([(1, 503), (2, 200)], tries.Select(attempt => (attempt.Number, attempt.StatusCode!.Value)).Order());
        Assert.Null(await House.Get<IOutboxQueue>().NextDueAsync());
    }

    [Fact]
    public async Task A_holder_whose_lease_was_lost_settles_nothing()
    {
        await CommitAsync(records => records.Ask(Sample.Effect(Merchant, "e-1")));
        var first = Assert.Single(await ClaimAsync(TestDatabase.Start));
        await House.ExecuteAsync($"UPDATE effects SET lease_until_microseconds = 1");
        var second = Assert.Single(await ClaimAsync(TestDatabase.Start));

        var customer = Sample.Customer(Merchant, "C-1");
        await Assert.ThrowsAsync<LeaseLostException>(() => CommitAsync(records =>
        {
            records.Add(customer);
            records.Settle(Settlement(first, EffectState.Delivered));
        }));
        Assert.Null(await ReadAsync(records => records.FindAsync<Payments.Customers.Customer>(customer.Id)));

        await CommitAsync(records => records.Settle(Settlement(second, EffectState.Delivered)));
    }

    [Fact]
    public async Task A_settlement_is_seen_before_it_is_committed()
    {
        await CommitAsync(records => records.Ask(Sample.Effect(Merchant, "e-1")));
        var claimed = Assert.Single(await ClaimAsync(TestDatabase.Start));
        await using var scope = House.Open(Merchant);

        scope.Records.Settle(Settlement(claimed, EffectState.Cancelled) with { CountsAsAttempt = false });

        var seen = await scope.Records.FindAsync<Effect>(claimed.Id);
        Assert.Equal((EffectState.Cancelled, 0), (seen!.State, seen.Attempts));
    }

    private static EffectSettlement Settlement(Effect effect, EffectState state) => new()
    {
        EffectId = effect.Id,
        LeaseToken = effect.LeaseToken,
        State = state,
        At = TestDatabase.Start,
    };

    private ValueTask<IReadOnlyList<Effect>> ClaimAsync(DateTimeOffset now, int limit = 10, int perLane = 4) =>
        House.Get<IOutboxQueue>().ClaimAsync("test", now, limit, perLane, Lease);
}
