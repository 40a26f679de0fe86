using CentralPay.Workflows.Server.Security;

namespace CentralPay.Workflows.Server.Api;

/// <summary>The API, resource by resource.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        var api = routes.MapGroup("/api/v1").RequireAuthorization().RequireRateLimiting(RateLimits.Api).AddEndpointFilter(Doors.AnswerProblemsAsync);
        InvoicesEndpoints.Map(api);
        ImportsEndpoints.Map(api);
        CustomersEndpoints.Map(api);
        PaymentRequestsEndpoints.Map(api);
        PaymentsEndpoints.Map(api);
        MandatesEndpoints.Map(api);
        DebitsEndpoints.Map(api);
        TransfersEndpoints.Map(api);
        StatementsEndpoints.Map(api);
        BeneficiariesEndpoints.Map(api);
        SplitsEndpoints.Map(api);
        PayoutsEndpoints.Map(api);
        TasksEndpoints.Map(api);
        MessagesEndpoints.Map(api);
        TemplatesEndpoints.Map(api);
        ContactPolicyEndpoints.Map(api);
        CasesEndpoints.Map(api);
        IncidentsEndpoints.Map(api);
        ScenariosEndpoints.Map(api);
        MigrationsEndpoints.Map(api);
        PluginsEndpoints.Map(api);
        SimulationEndpoints.Map(api);
        LedgerEndpoints.Map(api);
        FiguresEndpoints.Map(api);
        EventsEndpoints.Map(api);
        WebhookEndpointsEndpoints.Map(api);
        WorkEndpoints.Map(api);
        ApiKeysEndpoints.Map(api);
        api.MapFallback(NothingHere.Answer).ExcludeFromDescription();
    }
}
