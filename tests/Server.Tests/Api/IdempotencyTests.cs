using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Api;
using CentralPay.Workflows.Server.Tests.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralPay.Workflows.Server.Tests.Api;

[Collection(HouseCollection.Name)]
public sealed class IdempotencyTests(House house)
{
    [Fact]
    public async Task The_same_key_gets_the_first_answer_again_and_nothing_happens_twice()
    {
        var (invoice, _) = await house.InvoiceAsync("IDEM-1");
        var ask = new { invoiceId = invoice.GetProperty("id").GetGuid() };
        var first = await PostAsync("idem-1", ask);
        var again = await PostAsync("idem-1", ask);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.NotNull(first.Headers.Location);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        var all = await house.GetAsync($"/api/v1/payment-requests?invoiceId={ask.invoiceId}");
        Assert.Equal(2, all.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused()
    {
        var (invoice, _) = await house.InvoiceAsync("IDEM-2");
        await PostAsync("idem-2", new { invoiceId = invoice.GetProperty("id").GetGuid() });
        var other = await PostAsync("idem-2", new { invoiceId = Guid.NewGuid() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("key-reused", (await other.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_same_key_with_another_query_is_something_else()
    {
        var incident = Guid.NewGuid();
        await PostAsync($"/api/v1/incidents/{incident}/skip?outcome=Paid");
        var other = await PostAsync($"/api/v1/incidents/{incident}/skip?outcome=Late");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);

        async Task<HttpResponseMessage> PostAsync(string address)
        {
            using var call = new HttpRequestMessage(HttpMethod.Post, address);
            call.Headers.Add("Idempotency-Key", "idem-query");
            return await house.Api.SendAsync(call);
        }
    }

    [Fact]
    public async Task A_refusal_is_kept_as_the_answer_too()
    {
        var ask = new { invoiceId = Guid.NewGuid() };
        var first = await PostAsync("idem-3", ask);
        var again = await PostAsync("idem-3", ask);
        Assert.Equal(HttpStatusCode.BadRequest, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal("application/problem+json", again.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_key_whose_call_died_is_free_when_its_hold_ends()
    {
        var (invoice, _) = await house.InvoiceAsync("IDEM-4");
        var ask = new { invoiceId = invoice.GetProperty("id").GetGuid() };
        var held = await HoldAsync("idem-4", ask, TimeProvider.System.GetUtcNow().AddHours(1));
        var meanwhile = await PostAsync("idem-4", ask);
        await ChangeAsync(held.Id, row => row with { HeldUntil = TimeProvider.System.GetUtcNow() });
        var after = await PostAsync("idem-4", ask);
        Assert.Equal(HttpStatusCode.Conflict, meanwhile.StatusCode);
        Assert.Equal("in-flight", (await meanwhile.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.Created, after.StatusCode);
    }

    [Fact]
    public async Task A_call_that_runs_long_moves_its_hold_on_until_it_has_answered_also_where_the_database_was_away_meanwhile()
    {
        var began = TimeProvider.System.GetUtcNow();
        var taken = await HoldAsync("idem-5", new { }, began);
        var scopes = new AwayOnce(house.Services.GetRequiredService<IMerchantScopes>());
        var time = new Metronome();
        await using var key = new HeldKey(scopes, Actor.System, taken, time, NullLogger.Instance);
        time.Beat();
        await scopes.WasAway.WaitAsync(TimeSpan.FromSeconds(30));
        time.Beat();
        while ((await FindAsync(taken.Id)).HeldUntil < began + HeldKey.Lease)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < began + TimeSpan.FromSeconds(60), "The hold was not moved on.");
        }

        await key.AnswerAsync((int)HttpStatusCode.Created, "{}");
        var after = await FindAsync(taken.Id);
        Assert.Equal(((int)HttpStatusCode.Created, "{}"), (after.StatusCode, after.BodyJson));
    }

    [Fact]
    public async Task A_call_that_was_taken_for_dead_changes_nothing_of_the_one_that_took_its_key()
    {
        var taken = await HoldAsync("idem-6", new { }, TimeProvider.System.GetUtcNow());
        await using var late = new HeldKey(house.Services.GetRequiredService<IMerchantScopes>(), Actor.System, taken, TimeProvider.System, NullLogger.Instance);
        await ChangeAsync(taken.Id, row => row with { HeldBy = Guid.CreateVersion7() });
        var before = await FindAsync(taken.Id);
        await late.RunsAsync();
        await late.AnswerAsync((int)HttpStatusCode.Created, "{}");
        Assert.Equal(before, await FindAsync(taken.Id));
    }

    [Fact]
    public async Task The_answer_is_kept_whole_also_where_the_caller_hung_up_before_it_was_written()
    {
        await using var scope = house.Open();
        using var hangingUp = new CancellationTokenSource();
        var context = new DefaultHttpContext { RequestServices = scope.Services, RequestAborted = hangingUp.Token };
        (context.Request.Method, context.Request.Path, context.Request.Headers["Idempotency-Key"]) = ("POST", "/api/v1/payment-requests", "idem-7");
        context.Items[IdempotentBody.HashItem] = "digest";
        await IdempotentPost.FilterAsync(new DefaultEndpointFilterInvocationContext(context), async _ =>
        {
            await hangingUp.CancelAsync();
            return Results.Created("/api/v1/payment-requests/1", new { id = 1 });
        });
        var kept = Assert.Single(await scope.Records.ListAsync<IdempotentAnswer>(row => row.Key == "POST /api/v1/payment-requests idem-7"));
        Assert.Equal(((int)HttpStatusCode.Created, """{"id":1}"""), (kept.StatusCode, kept.BodyJson));
    }

    /// <summary>As if a call under the key were running in some process.</summary>
    private async Task<IdempotentAnswer> HoldAsync(string key, object body, DateTimeOffset until)
    {
        await using var scope = house.Open();
        var held = new IdempotentAnswer
        {
            Id = Guid.CreateVersion7(),
            MerchantId = house.MerchantId,
            Key = $"POST /api/v1/payment-requests {key}",
            RequestHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body)))),
            HeldBy = Guid.CreateVersion7(),
            HeldUntil = until,
            CreatedAt = until,
        };
        scope.Records.Add(held);
        await scope.Records.CommitAsync();
        return held;
    }

    private async Task ChangeAsync(Guid id, Func<IdempotentAnswer, IdempotentAnswer> change)
    {
        await using var scope = house.Open();
        scope.Records.Update(change((await scope.Records.FindAsync<IdempotentAnswer>(id))!));
        await scope.Records.CommitAsync();
    }

    private async Task<IdempotentAnswer> FindAsync(Guid id)
    {
        await using var scope = house.Open();
        return (await scope.Records.FindAsync<IdempotentAnswer>(id))!;
    }

    private Task<HttpResponseMessage> PostAsync(string key, object body)
    {
        var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/payment-requests") { Content = JsonContent.Create(body) };
        call.Headers.Add("Idempotency-Key", key);
        return house.Api.SendAsync(call);
    }

    /// <summary>A database whose name cannot be found at first.</summary>
    private sealed class AwayOnce(IMerchantScopes scopes) : IMerchantScopes
    {
        private readonly TaskCompletionSource wasAway = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task WasAway => wasAway.Task;

        public IMerchantScope Open(Guid merchantId, Actor actor) =>
            wasAway.TrySetResult() ? throw new SocketException((int)SocketError.HostNotFound) : scopes.Open(merchantId, actor);
    }

    /// <summary>A clock whose periodic timers tick when they are told to.</summary>
    private sealed class Metronome : TimeProvider
    {
        private readonly List<Action> periodic = [];

        public void Beat() => periodic.ForEach(tick => tick());

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan)
            {
                periodic.Add(() => callback(state));
                return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
