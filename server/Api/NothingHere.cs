using CentralPay.Workflows.Server.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;

namespace CentralPay.Workflows.Server.Api;

/// <summary>What answers where no address of the API does: 415 where one does for another type of content, else 404.</summary>
internal static class NothingHere
{
    public static IResult Answer(HttpContext context, EndpointDataSource endpoints) =>
        context.Request.ContentType is { Length: > 0 } && endpoints.Endpoints.OfType<RouteEndpoint>().Any(endpoint => TakesAnotherType(endpoint, context.Request))
            ? Problem.Unsupported()
            : Problem.NotFound();

    private static bool TakesAnotherType(RouteEndpoint endpoint, HttpRequest request) =>
        endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts
        && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(request.Method, StringComparer.OrdinalIgnoreCase) == true
        && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), new RouteValueDictionary()).TryMatch(request.Path, new RouteValueDictionary())
        && !(MediaTypeHeaderValue.TryParse(request.ContentType, out var given) && accepts.ContentTypes.Any(type => given.IsSubsetOf(new MediaTypeHeaderValue(type))));
}
