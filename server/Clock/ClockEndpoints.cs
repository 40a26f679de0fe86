using System.Globalization;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Calendars;
using CentralPay.Workflows.Server.Api;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Clock;

/// <summary>The time machine's door, in Development: <c>{"to": instant}</c> or <c>{"days": n}</c>.</summary>
internal static class ClockEndpoints
{
    private const int MostDays = 366;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var dev = routes.MapGroup("/dev").AddEndpointFilter(Doors.AnswerProblemsAsync).ExcludeFromDescription();
        dev.MapGet("/clock", (ITimeMachine machine) => Results.Ok(new { now = machine.Now, enabled = machine.IsEnabled })).Needs(Permissions.Read);
        dev.MapPost("/clock", MoveAsync).Needs(Permissions.DrawScenarios);
    }

    private static async Task<IResult> MoveAsync(ClockMove move, ITimeMachine machine, CancellationToken cancellationToken)
    {
        if (!machine.IsEnabled)
        {
            return Problem.NotFound();
        }

        if (move.To is null && move.Days is not (>= 1 and <= MostDays))
        {
            return Problem.Invalid("days", "days-out-of-range");
        }

        if (move.To is { } text && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            return Problem.Invalid("to", "not-an-instant");
        }

        var target = move.To is null ? machine.Now.AddDays(move.Days!.Value) : DateTimeOffset.Parse(move.To, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return Results.Ok(await machine.MoveToAsync(target, null, cancellationToken));
    }

    private sealed record ClockMove(string? To, int? Days);
}
