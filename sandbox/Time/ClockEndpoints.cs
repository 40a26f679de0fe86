namespace CentralPay.Workflows.Sandbox.Time;

/// <summary>The clock's door: read it, move it forward.</summary>
public static class ClockEndpoints
{
    public static void MapClock(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sandbox/clock", async (BusinessClock clock, Agenda agenda) => await ReadAsync(clock, agenda));
        routes.MapPost("/sandbox/clock", async (ClockSetting setting, BusinessClock clock, Agenda agenda, HttpContext context) =>
        {
            if (setting.Now is not { } now) return Problem("now: an instant with its offset is required, for example 2026-03-12T09:00:00Z.");
            if (!await agenda.MoveToAsync(now.ToUniversalTime(), context.RequestAborted))
                return Problem($"now: the clock only moves forward; it is {clock.GetUtcNow():O}.");
            return Results.Ok(await ReadAsync(clock, agenda));
        });
    }

    private static async Task<ClockReading> ReadAsync(BusinessClock clock, Agenda agenda) =>
        new(clock.GetUtcNow(), await agenda.NextDueAsync());

    private static IResult Problem(string detail) => Results.Problem(detail, statusCode: 400, title: "The clock was not moved");
}

/// <summary>Business time, and the earliest instant at which the sandbox has something to do (null: nothing waits).</summary>
public sealed record ClockReading(DateTimeOffset Now, DateTimeOffset? NextDue);

/// <summary>Where to move the clock.</summary>
public sealed record ClockSetting(DateTimeOffset? Now);
