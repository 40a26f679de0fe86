using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CentralPay.Workflows.Server.Api;

/// <summary>What the generated OpenAPI document says beyond the endpoints themselves.</summary>
internal static class ApiDescription
{
    private const string ApiKeyScheme = "apiKey";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "CentralPay Workflows";
            document.Info.Version = "v1";
            document.Info.Description = "Invoices in, payments out: what happens to receivables, and everything done about them. Amounts are whole numbers of the currency's minor unit. Lists are newest first; give nextCursor as cursor for the next page.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[ApiKeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: cpw_…" };
            document.Security ??= [];
            document.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiKeyScheme, document)] = [] });
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<NeedsPermission>().FirstOrDefault() is { } needs)
            {
                operation.Description = $"{operation.Description} Needs the permission `{needs.Permission}`.".Trim();
            }

            return Task.CompletedTask;
        });
    }
}
