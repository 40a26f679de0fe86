using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;

namespace CentralPay.Workflows.Payments.Tests.Tasks;

public sealed class DeskTests
{
    private readonly TestHouse house = new();

    [Fact]
    public async Task A_task_is_created_once_taken_and_done()
    {
        var task = await CreateAsync("Appeler Dupont");
        Assert.Equal(task.Id, (await CreateAsync("Appeler Dupont")).Id);
        var agent = TestHouse.Person(Permissions.WorkTasks);

        Assert.Equal(agent.Name, (await house.DoAsync<TaskDesk, WorkTask>(desk => desk.AssignAsync(task.Id), agent)).AssignedTo);
        var done = await house.DoAsync<TaskDesk, WorkTask>(desk => desk.CompleteAsync(task.Id, "promised"), agent);

        Assert.Equal((WorkTaskStatus.Done, "promised", agent.Name, house.Now), (done.Status, done.Outcome, done.CompletedBy, done.CompletedAt));
        var again = await Assert.ThrowsAsync<RuleViolationException>(() => house.DoAsync<TaskDesk, WorkTask>(desk => desk.CompleteAsync(task.Id, "promised"), agent));
        Assert.Equal(RuleCodes.TaskNotOpen, again.Violations[0].Code);
        Assert.Equal(["task.assigned", "task.completed", "task.created"], house.All<AuditEntry>().Select(entry => entry.Action).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_card_number_is_not_taken_into_a_task()
    {
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => CreateAsync("Payer avec 4556557955726624"));

        Assert.Equal(("title", RuleCodes.CardNumber), (refused.Violations[0].Field, refused.Violations[0].Code));
    }

    [Fact]
    public async Task Who_only_reads_works_no_task_and_notes_nothing()
    {
        var viewer = TestHouse.Person(Permissions.Read);
        var invoice = await house.InvoiceAsync();
        var task = await CreateAsync("Appeler");

        await Assert.ThrowsAsync<AccessDeniedException>(() => house.DoAsync<TaskDesk, WorkTask>(desk => desk.CompleteAsync(task.Id, "done"), viewer));
        await Assert.ThrowsAsync<AccessDeniedException>(() => house.DoAsync<InvoiceDesk, Invoice>(desk => desk.DisputeAsync(invoice.Id, true), viewer));
        await Assert.ThrowsAsync<AccessDeniedException>(() => house.DoAsync<ApiKeys, (ApiKey, string)>(keys => keys.IssueAsync("x", [Permissions.Read]), viewer));
    }

    [Fact]
    public async Task A_dispute_and_a_promise_are_noted_and_ended()
    {
        var invoice = await house.InvoiceAsync();

        await house.DoAsync<InvoiceDesk, Invoice>(desk => desk.DisputeAsync(invoice.Id, true));
        await house.DoAsync<InvoiceDesk, Invoice>(desk => desk.PromiseAsync(invoice.Id, new DateOnly(2026, 11, 20)));
        Assert.Equal((true, new DateOnly(2026, 11, 20)), (house.Get<Invoice>(invoice.Id).Disputed, house.Get<Invoice>(invoice.Id).PromisedUntil));

        await house.DoAsync<InvoiceDesk, Invoice>(desk => desk.DisputeAsync(invoice.Id, false));
        await house.DoAsync<InvoiceDesk, Invoice>(desk => desk.PromiseAsync(invoice.Id, null));
        Assert.Equal((false, null), (house.Get<Invoice>(invoice.Id).Disputed, house.Get<Invoice>(invoice.Id).PromisedUntil));
    }

    [Theory]
    [InlineData("2026-11-02", RuleCodes.DatePassed)]
    [InlineData("2028-11-02", RuleCodes.DateOutOfRange)]
    public async Task A_promise_is_for_a_day_that_comes(string day, string rule)
    {
        var invoice = await house.InvoiceAsync();

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => house.DoAsync<InvoiceDesk, Invoice>(desk => desk.PromiseAsync(invoice.Id, DateOnly.Parse(day, null))));

        Assert.Equal(("promisedUntil", rule), (refused.Violations[0].Field, refused.Violations[0].Code));
    }

    [Fact]
    public async Task A_key_is_shown_once_kept_as_a_hash_and_works_until_withdrawn()
    {
        var (key, secret) = await house.DoAsync<ApiKeys, (ApiKey Key, string Secret)>(keys => keys.IssueAsync("ERP", [Permissions.Read, Permissions.ImportInvoices]));

        Assert.Matches("^cpw_[a-z2-9]{8}_[A-Za-z0-9_-]{32}$", secret);
        Assert.Equal((key.Prefix, key.Hash), (ApiKeys.PrefixOf(secret), ApiKeys.HashOf(secret)));
        Assert.True(ApiKeys.Fits(key, secret));
        Assert.False(ApiKeys.Fits(key, secret + "x"));
        Assert.DoesNotContain(secret[13..], house.Get<ApiKey>(key.Id).ToString(), StringComparison.Ordinal);

        await house.DoAsync<ApiKeys>(keys => keys.RevokeAsync(key.Id));
        Assert.False(ApiKeys.Fits(house.Get<ApiKey>(key.Id), secret));
        Assert.Equal("", ApiKeys.PrefixOf("not a key"));
    }

    [Fact]
    public async Task Nobody_gives_a_key_more_than_they_hold()
    {
        var integrator = TestHouse.Person(Permissions.Integrate, Permissions.Read);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => house.DoAsync<ApiKeys, (ApiKey, string)>(keys => keys.IssueAsync("", [Permissions.Administer, "fly"]), integrator));

        Assert.Equal([RuleCodes.Required, RuleCodes.ScopeUnknown, RuleCodes.ScopeNotHeld], refused.Violations.Select(violation => violation.Code));
    }

    [Fact]
    public void A_callback_is_tried_for_days_and_then_given_up()
    {
        var now = house.Now;
        var pauses = Enumerable.Range(1, 9).Select(attempt => RetrySchedule.NextDueAt(EffectKinds.Webhook, attempt, now, 0.5, null)!.Value - now).ToArray();

        Assert.Equal(RetrySchedule.Webhook, pauses);
        Assert.Null(RetrySchedule.NextDueAt(EffectKinds.Webhook, 10, now, 0.5, null));
        Assert.Equal(now + TimeSpan.FromHours(1), RetrySchedule.NextDueAt(EffectKinds.Webhook, 1, now, 0.5, TimeSpan.FromHours(1)));
        Assert.Equal(now + TimeSpan.FromHours(24), RetrySchedule.NextDueAt(EffectKinds.Webhook, 1, now, 0.5, TimeSpan.FromDays(30)));
        Assert.Equal(now + TimeSpan.FromSeconds(4.5), RetrySchedule.NextDueAt(EffectKinds.Webhook, 1, now, 0, null));
    }

    private Task<WorkTask> CreateAsync(string title) => house.DoAsync<TaskDesk, WorkTask>(desk => desk.CreateAsync(new NewTask { Key = "case/step", Kind = "call", Title = title }));
}
