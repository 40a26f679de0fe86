using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Outbox;
using CentralPay.Workflows.Server.Tests.Running;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralPay.Workflows.Server.Tests.Outbox;

/// <summary>Effects whose answer cannot be taken in, whatever it is: they end, and hold the room of their lane for nobody.</summary>
[Collection(HouseCollection.Name)]
public sealed class PoisonEffectTests(House house)
{
    private const int MoreThanAnySchedule = 20;
    private readonly string key = $"poison/{Guid.NewGuid():N}";

    [Fact]
    public async Task What_the_gateway_tells_of_somebody_else_s_request_is_refused_at_once()
    {
        await AskAsync(EffectRepeat.Idempotent);

        await TryAsync(new Poison { WhenApplied = () => RuleViolationException.Of("merchantPaymentRequestId", RuleCodes.RequestUnknown) });

        Assert.Equal(EffectState.Refused, (await EffectAsync()).State);
        Assert.DoesNotContain(await IncidentsAsync(), incident => incident.Message.Contains(RuleCodes.RequestUnknown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_fails_the_same_way_each_time_is_given_up_after_the_last_try_and_a_person_is_told(bool inGuard)
    {
        await AskAsync(EffectRepeat.Idempotent);
        var why = $"Nobody foresaw {key}.";
        var poison = inGuard ? new Poison { WhenChecked = () => new InvalidOperationException(why) } : new Poison { WhenApplied = () => new InvalidOperationException(why) };

        for (var tries = 0; tries < MoreThanAnySchedule && (await EffectAsync()).State == EffectState.Pending; tries++)
        {
            await TryAsync(poison);
        }

        var ended = await EffectAsync();
        Assert.Equal(EffectState.GivenUp, ended.State);
        Assert.InRange(ended.Attempts, 2, MoreThanAnySchedule - 1);
        Assert.Single(await IncidentsAsync(), incident => incident.Message.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_must_not_be_done_twice_is_not_tried_again_where_its_answer_could_not_be_taken_in()
    {
        await AskAsync(EffectRepeat.Neither);

        await TryAsync(new Poison { WhenApplied = () => new InvalidOperationException($"Nobody foresaw {key}.") });

        Assert.Equal(EffectState.GivenUp, (await EffectAsync()).State);
        Assert.Single(await IncidentsAsync(), incident => incident.Message.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_must_not_be_done_twice_is_tried_again_where_the_store_failed_before_anything_left()
    {
        await AskAsync(EffectRepeat.Neither);

        await TryAsync(new Poison { WhenDelivered = () => new InvalidOperationException("An error occurred while reading.", new LostConnection()) });

        Assert.Equal(EffectState.Pending, (await EffectAsync()).State);
        await TryAsync(new Poison());
        Assert.Equal(EffectState.Delivered, (await EffectAsync()).State);
    }

    [Fact]
    public async Task What_must_not_be_done_twice_is_not_tried_again_where_it_broke_off_in_a_way_nobody_foresaw()
    {
        await AskAsync(EffectRepeat.Neither);

        await TryAsync(new Poison { WhenDelivered = () => new InvalidOperationException($"Nobody foresaw {key}.") });

        Assert.Equal(EffectState.Unknown, (await EffectAsync()).State);
        Assert.Single(await IncidentsAsync(), incident => incident.Message.Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_rows_refuse_each_time_is_given_up_after_the_last_try(bool isConflict)
    {
        await AskAsync(EffectRepeat.Idempotent);
        var poison = new Poison { WhenApplied = () => isConflict ? new RecordConflictException($"Somebody else has {key}.") : new SqliteException($"SQLite Error 19: 'NOT NULL constraint failed: {key}'.", 19) };

        for (var tries = 0; tries < MoreThanAnySchedule && (await EffectAsync()).State == EffectState.Pending; tries++)
        {
            await TryAsync(poison);
        }

        Assert.Equal(EffectState.GivenUp, (await EffectAsync()).State);
    }

    [Fact]
    public async Task Whoever_asked_is_told_that_the_last_try_has_failed()
    {
        await AskAsync(EffectRepeat.Idempotent);
        var poison = new Poison { Outcome = EffectOutcomeKind.Failed };

        for (var tries = 0; tries < MoreThanAnySchedule && (await EffectAsync()).State == EffectState.Pending; tries++)
        {
            await TryAsync(poison);
        }

        Assert.Equal(EffectOutcomeKind.GivenUp, poison.Told[^1]);
        Assert.All(poison.Told.SkipLast(1), told => Assert.Equal(EffectOutcomeKind.Failed, told));
    }

    // Due in a far day, so that nobody else takes it; its token is that of an effect nobody holds.
    private async Task AskAsync(EffectRepeat repeat)
    {
        await using var scope = house.Open();
        scope.Records.Ask(new Effect
        {
            Id = Guid.CreateVersion7(),
            MerchantId = house.MerchantId,
            Key = key,
            Kind = Poison.OfKind,
            Lane = "poison",
            Repeat = repeat,
            PayloadJson = "{}",
            DueAt = house.Now.AddYears(50),
            AskedAt = house.Now,
        });
        await scope.Records.CommitAsync();
    }

    private async Task TryAsync(Poison poison)
    {
        var delivery = new EffectDelivery(new With(house.Services.GetRequiredService<IMerchantScopes>(), poison), house.Services.GetRequiredService<TimeProvider>(), new Random(1), NullLogger<EffectDelivery>.Instance);
        await delivery.RunAsync(await EffectAsync());
    }

    private async Task<Effect> EffectAsync()
    {
        await using var scope = house.Open();
        return (await scope.Records.ListAsync<Effect>(effect => effect.Key == key)).Single();
    }

    private async Task<IReadOnlyList<Incident>> IncidentsAsync()
    {
        await using var scope = house.Open();
        return await scope.Services.GetRequiredService<ICaseStore>().OpenIncidentsAsync(null, 500);
    }

    private sealed class Poison : IEffectHandler
    {
        public const string OfKind = "test.poison";

        public Func<Exception>? WhenChecked { get; init; }

        public Func<Exception>? WhenApplied { get; init; }

        public Func<Exception>? WhenDelivered { get; init; }

        public EffectOutcomeKind Outcome { get; init; } = EffectOutcomeKind.Delivered;

        public List<EffectOutcomeKind> Told { get; } = [];

        public string Kind => OfKind;

        public ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) => WhenChecked is { } fails ? throw fails() : ValueTask.FromResult(GuardVerdict.Go);

        public Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
            WhenDelivered is { } fails ? throw fails() : Task.FromResult(new EffectOutcome { Kind = Outcome, AnswerJson = "{}" });

        public ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
        {
            Told.Add(outcome.Kind);
            return outcome.Kind == EffectOutcomeKind.Delivered && WhenApplied is { } fails ? throw fails() : ValueTask.CompletedTask;
        }
    }

    private sealed class LostConnection() : System.Data.Common.DbException("The connection is lost.");

    /// <summary>The house's scopes, with a handler of the test's own.</summary>
    private sealed class With(IMerchantScopes scopes, IEffectHandler handler) : IMerchantScopes
    {
        public IMerchantScope Open(Guid merchantId, Actor actor) => new Scope(scopes.Open(merchantId, actor), handler);

        private sealed class Scope(IMerchantScope scope, IEffectHandler handler) : IMerchantScope, IServiceProvider
        {
            public IServiceProvider Services => this;

            public IMerchantRecords Records => scope.Records;

            public object? GetService(Type serviceType) => serviceType == typeof(IEnumerable<IEffectHandler>) ? new[] { handler } : scope.Services.GetService(serviceType);

            public ValueTask DisposeAsync() => scope.DisposeAsync();
        }
    }
}
