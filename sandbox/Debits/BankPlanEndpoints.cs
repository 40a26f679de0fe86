using CentralPay.Workflows.Sandbox.Storage;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Debits;

/// <summary>Sets what the debtor's bank does with the debits to come: from the sandbox's own page, and by tests.</summary>
public static class BankPlanEndpoints
{
    public static void MapBankPlans(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/sandbox/mandates/{id:guid}/plan", async (Guid id, PlanOrder order, Writer writer) => await SetAsync(id, order.Plan, writer) switch
        {
            PlanSet.Done => Results.NoContent(),
            PlanSet.NoMandate => Results.Problem("There is no such mandate.", statusCode: 404, title: "Unknown mandate"),
            _ => Results.Problem($"plan: {BankPlan.Rule}.", statusCode: 400, title: "The plan was not set"),
        });
        routes.MapPost("/sandbox/mandates/{id:guid}/plan", async (Guid id, HttpContext context, Writer writer) =>
        {
            var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : FormCollection.Empty;
            if (await SetAsync(id, form["plan"], writer) != PlanSet.Done) return Results.Problem($"plan: {BankPlan.Rule}.", statusCode: 400, title: "The plan was not set");
            context.Response.Headers.Location = "/";
            return Results.StatusCode(303);
        });
    }

    private static async Task<PlanSet> SetAsync(Guid id, string? text, Writer writer)
    {
        if (BankPlan.Read(text) is not { } plan) return PlanSet.Unreadable;
        return await writer.WriteAsync(async database =>
        {
            if (await database.Mandates.SingleOrDefaultAsync(m => m.MandateId == id) is not { } mandate) return PlanSet.NoMandate;
            mandate.Plan = plan;
            return PlanSet.Done;
        });
    }

    private enum PlanSet { Done, NoMandate, Unreadable }
}

/// <summary>What the debtor's bank is to do.</summary>
public sealed record PlanOrder(string? Plan);
