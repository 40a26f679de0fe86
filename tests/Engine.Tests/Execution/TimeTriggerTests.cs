using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Execution;

/// <summary>Scenarios that begin at their time.</summary>
public sealed class TimeTriggerTests : IAsyncDisposable
{
    private readonly House _house = new();

    [Fact]
    public async Task A_schedule_starts_a_case_each_weekday_morning_of_its_time_zone()
    {
        // A Monday, 9 o'clock UTC; Paris goes to summer time on Sunday 29 March 2026.
        await _house.PublishAsync(Scheduled("Elsa.Cron", ("cronExpression", "Literal", "0 8 * * 1-5"), ("timeZone", "Literal", "Europe/Paris")));
        await _house.Worker.DrainAsync();

        await PassAsync(TimeSpan.FromDays(28));

        var starts = (await StartedAsync()).Select(each => each.CreatedAt).Order().ToArray();
        Assert.Equal(20, starts.Length);
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 7, 0, 0, TimeSpan.Zero), starts[0]);
        Assert.Equal(new DateTimeOffset(2026, 3, 30, 6, 0, 0, TimeSpan.Zero), starts[^1]);
        Assert.All(starts, start => Assert.True(start.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)));
    }

    [Fact]
    public async Task What_was_missed_is_made_up_for_once()
    {
        await _house.PublishAsync(Scheduled("Elsa.Timer", ("interval", "Literal", "PT1H")));
        await _house.Worker.DrainAsync();

        _house.Clock.Advance(TimeSpan.FromHours(10.5));
        await _house.Worker.DrainAsync();
        Assert.Single(await StartedAsync());

        await PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(3, (await StartedAsync()).Count);
    }

    [Fact]
    public async Task A_date_starts_one_case_and_the_clock_ends()
    {
        await _house.PublishAsync(Scheduled("Elsa.StartAt", ("dateTime", "Literal", House.Start.AddDays(2))));
        await _house.Worker.DrainAsync();

        await PassAsync(TimeSpan.FromDays(5));

        Assert.Equal(House.Start.AddDays(2), Assert.Single(await StartedAsync()).CreatedAt);
        Assert.All(await CasesAsync(), each => Assert.Equal(CaseStatus.Finished, each.Status));
    }

    [Fact]
    public async Task Out_of_service_it_starts_nothing_and_another_version_takes_over()
    {
        var first = await _house.PublishAsync(Scheduled("Elsa.Timer", ("interval", "Literal", "PT1H")));
        await _house.Worker.DrainAsync();
        await _house.InTenantAsync(async services =>
        {
            await services.GetRequiredService<ScenarioLibrary>().RetractAsync(first.DefinitionId, first.Revision);
            return true;
        });
        await PassAsync(TimeSpan.FromHours(3));
        Assert.Empty(await StartedAsync());

        await _house.PublishAsync(Scheduled("Elsa.Timer", ("interval", "Literal", "PT2H")));
        await _house.Worker.DrainAsync();
        await PassAsync(TimeSpan.FromHours(4.5));

        Assert.Equal(2, (await StartedAsync()).Count);
        Assert.Single(await CasesAsync(), each => each.Status == CaseStatus.Running);
    }

    [Theory]
    [InlineData("Elsa.Cron", "cronExpression", "every morning")]
    [InlineData("Elsa.Cron", "cronExpression", "0 8 31 2 *")]
    [InlineData("Elsa.Timer", "interval", "PT1S")]
    public async Task What_is_no_schedule_is_refused_when_it_is_published(string type, string input, string value) =>
        await Assert.ThrowsAsync<ScenarioProblemsException>(() => _house.PublishAsync(Scheduled(type, (input, "Literal", value))));

    [Theory]
    [InlineData("30 7 * * *", "2026-03-02T09:00:00Z", "2026-03-03T07:30:00Z")]
    [InlineData("0 0 1 * *", "2026-03-02T09:00:00Z", "2026-04-01T00:00:00Z")]
    [InlineData("0 8 * * 0", "2026-03-02T09:00:00Z", "2026-03-08T08:00:00Z")]
    [InlineData("0 8 * * 7", "2026-03-02T09:00:00Z", "2026-03-08T08:00:00Z")]
    [InlineData("*/15 * * * *", "2026-03-02T09:01:00Z", "2026-03-02T09:15:00Z")]
    [InlineData("0 0 8 ? * MON-FRI", "2026-03-06T09:00:00Z", "2026-03-09T08:00:00Z")]
    public void Cron_reads_as_cron_and_as_Quartz(string text, DateTimeOffset after, DateTimeOffset next) =>
        Assert.Equal(next, CronTimes.Of(text, TimeZoneInfo.Utc).NextAfter(after));

    [Fact]
    public void Days_of_rest_are_passed_over()
    {
        var holiday = new DateOnly(2026, 3, 3);

        var next = CronTimes.Of("0 8 * * *", TimeZoneInfo.Utc).NextAfter(House.Start, day => day != holiday);

        Assert.Equal(new DateTimeOffset(2026, 3, 4, 8, 0, 0, TimeSpan.Zero), next);
    }

    [Fact]
    public void A_yearly_time_that_falls_on_days_of_rest_comes_in_the_first_year_that_it_does_not()
    {
        var next = CronTimes.Of("0 8 2 1 *", TimeZoneInfo.Utc).NextAfter(House.Start, day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

        Assert.Equal(new DateTimeOffset(2029, 1, 2, 8, 0, 0, TimeSpan.Zero), next);
    }

    [Fact]
    public async Task A_step_that_waits_for_a_time_which_does_not_come_any_more_is_an_incident_and_not_passed_over()
    {
        await _house.PublishAsync(Draw.Scenario("late").Step("wait", "Elsa.Cron", ("cronExpression", "Literal", "0 0 8 1 1 ? 2020")).Step("note", "Test.Note").Connect("start>wait", "wait>note").Json);

        Assert.Equal(CaseSubStatus.Faulted, (await _house.StartAsync()).SubStatus);
        Assert.Equal("NoTimeComes", Assert.Single((await _house.DetailsAsync()).Incidents).Cause);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_time_that_failed_and_is_skipped_is_passed_over_and_the_schedule_goes_on(bool givenUp)
    {
        var calendar = new Troubled();
        await using var house = new House(new EngineLimits { MaxAttempts = 2 }, services => services.AddSingleton<ITenantCalendar>(calendar));
        await house.PublishAsync(Scheduled("Elsa.Cron", ("cronExpression", "Literal", "0 8 * * *")));
        await house.Worker.DrainAsync();

        calendar.Fails = () => givenUp ? new Storms.ConnectionLostException("a read") : new TimeoutException("The calendar does not answer.");
        house.Clock.Advance(TimeSpan.FromDays(1));
        for (var time = 0; time < 2; time++)
        {
            await house.Worker.DrainAsync();
            house.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        calendar.Fails = null;
        var incident = Assert.Single(await house.InTenantAsync(async services => await services.GetRequiredService<ICaseStore>().OpenIncidentsAsync(null, 10)));
        Assert.True(await house.DecideAsync(desk => desk.SkipAsync(incident.Id, null, "Anna")));
        Assert.Empty(house.Log.Lines);

        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Worker.DrainAsync();
        Assert.Equal(["ran"], house.Log.Lines);
    }

    [Fact]
    public async Task A_clock_that_was_ended_begins_again_when_its_version_is_published_again()
    {
        var published = await _house.PublishAsync(Scheduled("Elsa.Timer", ("interval", "Literal", "PT1H")));
        await _house.Worker.DrainAsync();
        for (var time = 0; time < 2; time++)
        {
            await _house.InTenantAsync(async services =>
            {
                var clock = Assert.Single(await CasesAsync(), each => each is { KeepsClock: true, Status: CaseStatus.Running });
                Assert.True(await services.GetRequiredService<CaseDesk>().TerminateAsync(clock.Id, "Anna"));
                var library = services.GetRequiredService<ScenarioLibrary>();
                var retracted = await library.RetractAsync(published.DefinitionId, published.Revision);
                published = await library.PublishAsync(published.DefinitionId, retracted.Revision, null, "Anna");
                return true;
            });
            await _house.Worker.DrainAsync();
        }

        await PassAsync(TimeSpan.FromHours(3.5));

        Assert.Equal(3, (await StartedAsync()).Count);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static string Scheduled(string type, (string Input, string Kind, object? Value) input, (string Input, string Kind, object? Value)? other = null) =>
        new Draw("scheduled").Step("start", type, other is { } more ? [input, more] : [input]).Step("note", "Test.Note", ("text", "Literal", "ran")).Connect("start>note").Json;

    /// <summary>Time passes in steps, as workers see it.</summary>
    private async Task PassAsync(TimeSpan span)
    {
        var until = _house.Clock.GetUtcNow() + span;
        while (await _house.Store.NextTimerDueAsync() is { } due && due <= until)
        {
            _house.Clock.Advance(due - _house.Clock.GetUtcNow());
            await _house.Worker.DrainAsync();
        }

        _house.Clock.Advance(until - _house.Clock.GetUtcNow());
    }

    private async Task<IReadOnlyList<CaseRecord>> StartedAsync() => [.. (await CasesAsync()).Where(each => each.StartKey.Contains(":at-", StringComparison.Ordinal))];

    private async Task<IReadOnlyList<CaseRecord>> CasesAsync() =>
        await _house.InTenantAsync(async services => await services.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery { Limit = 500 }));

    /// <summary>A calendar that answers as long as nothing is wrong.</summary>
    private sealed class Troubled : ITenantCalendar
    {
        public Func<Exception>? Fails { get; set; }

        public ValueTask<TenantCalendar> GetAsync(CancellationToken cancellationToken = default) => Fails is { } fails ? throw fails() : ValueTask.FromResult(TenantCalendar.Plain);
    }
}
