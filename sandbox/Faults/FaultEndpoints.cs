using CentralPay.Workflows.Sandbox.Webhooks;

namespace CentralPay.Workflows.Sandbox.Faults;

/// <summary>Switching faults on and off.</summary>
public static class FaultEndpoints
{
    public static void MapFaults(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sandbox/faults", (FaultSwitches faults) => faults.List().Select(Show));
        routes.MapPost("/sandbox/faults", (FaultOrder order, FaultSwitches faults) =>
        {
            if (order.Problem() is { } problem) return Results.Problem(problem, statusCode: 400, title: "The fault was not switched on");
            var fault = new FaultSwitch
            {
                Match = order.Match,
                Fault = order.Kind!.Value,
                Times = order.Times ?? 1,
                DelayMilliseconds = order.DelayMilliseconds ?? FaultSwitch.DefaultDelayMilliseconds,
            };
            var shown = Show(fault);
            faults.Add(fault);
            return Results.Json(shown, statusCode: 201);
        });
        routes.MapDelete("/sandbox/faults", async (FaultSwitches faults, Postman postman) =>
        {
            faults.Clear();
            await postman.ReleaseHeldAsync();
            return Results.NoContent();
        });
    }

    private static FaultShown Show(FaultSwitch fault) => new(fault.Match, fault.Fault.ToString(), fault.Times, fault.DelayMilliseconds);
}

/// <summary>A fault that is switched on; <c>times</c> is how often it still strikes.</summary>
public sealed record FaultShown(string? Match, string Fault, int Times, int DelayMilliseconds);
