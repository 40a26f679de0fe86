using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Starts a case at an instant of business time, or waits in one until then; one that has passed does not hold a case up.</summary>
[Activity("Elsa", "Scheduling", "Start at a date and time, or wait until then.", DisplayName = "At a date and time")]
public sealed class StartAt : TimeTrigger
{
    /// <summary>The instant; without an offset it is UTC.</summary>
    [Input(DisplayName = "Date and time", Description = "The date and time, as 2026-12-01T08:00:00Z.")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<DateTimeOffset> DateTime { get; set; } = default!;

    private protected override void Check(TriggerIndexingContext context) => context.Get(DateTime);

    private protected override ValueTask<DateTimeOffset?> NextAsync(ActivityExecutionContext context, DateTimeOffset after)
    {
        var at = context.Get(DateTime).ToUniversalTime();
        return new(at > after ? at : null);
    }
}

/// <summary>Starts a case each time an interval has passed, or waits in one for that long.</summary>
[Activity("Elsa", "Scheduling", "Start again and again after an interval, or wait for that long.", DisplayName = "Every so often")]
public sealed class Timer : TimeTrigger
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The interval: a minute at the least where it starts cases.</summary>
    [Input(Description = "The time from one start to the next: a minute at the least.", UIHint = "duration")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<TimeSpan> Interval { get; set; } = default!;

    private protected override void Check(TriggerIndexingContext context)
    {
        if (context.Get(Interval) < Shortest)
            throw new InvalidOperationException("An interval at which cases start is a minute at the least.");
    }

    private protected override ValueTask<DateTimeOffset?> NextAsync(ActivityExecutionContext context, DateTimeOffset after) => new(after + context.Get(Interval));
}

/// <summary>Starts a case at the times of a cron expression, or waits in one for the next of them.</summary>
[Activity("Elsa", "Scheduling", "Start at the times of a cron expression, or wait for the next of them.", DisplayName = "On a schedule (cron)")]
public sealed class Cron : TimeTrigger
{
    /// <summary>The expression: five fields as cron has them, or six and seven as Quartz has them, with seconds first.</summary>
    [Input(DisplayName = "Cron expression", Description = "Minute, hour, day of month, month, day of week: 0 8 * * 1-5 is 8 o'clock from Monday to Friday.")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<string> CronExpression { get; set; } = default!;

    /// <summary>The time zone, by its IANA name; empty for the tenant's own.</summary>
    [Input(DisplayName = "Time zone", Description = "Whose clock it is, such as Europe/Paris; empty for your company's.")]
    public Input<string> TimeZone { get; set; } = new("");

    /// <summary>Whether days on which the tenant's business rests are passed over.</summary>
    [Input(DisplayName = "Business days only", Description = "Whether days on which your business rests are passed over.", UIHint = "checkbox")]
    public Input<bool> BusinessDaysOnly { get; set; } = new(false);

    private protected override void Check(TriggerIndexingContext context)
    {
        var zone = context.Get(TimeZone);
        try
        {
            var times = CronTimes.Of(context.Get(CronExpression) ?? "", string.IsNullOrWhiteSpace(zone) ? TimeZoneInfo.Utc : CronTimes.ZoneOf(zone));
            context.Get(BusinessDaysOnly);
            if (times.NextAfter(DateTimeOffset.UnixEpoch) is null)
                throw new FormatException($"{context.Get(CronExpression)} is a time that never comes.");
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }
    }

    private protected override async ValueTask<DateTimeOffset?> NextAsync(ActivityExecutionContext context, DateTimeOffset after)
    {
        var calendar = context.GetService<ITenantCalendar>() is { } own ? await own.GetAsync(context.CancellationToken) : TenantCalendar.Plain;
        var zone = context.Get(TimeZone) is { Length: > 0 } named ? CronTimes.ZoneOf(named) : calendar.Zone;
        var times = CronTimes.Of(context.Get(CronExpression) ?? "", zone);
        var next = context.Get(BusinessDaysOnly) ? times.NextAfter(after, calendar.IsBusinessDay) : times.NextAfter(after);
        return next is not null || context.Burst.IsClock
            ? next
            : throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.NoTimeComes, $"The step \"{context.NodeId}\" waits for {context.Get(CronExpression)}, a time that does not come any more.");
    }
}
