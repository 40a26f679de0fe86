using System.Text;
using System.Text.Json;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Scenarios.Importing;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Scenarios: list, read, compare, save a draft, publish, retract, revert, import, export. A definition travels as Elsa JSON, whole.</summary>
internal static class ScenariosEndpoints
{
    private const string Tag = "scenarios";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/scenarios", async (ScenarioDesk desk, CancellationToken cancellationToken) =>
            Results.Ok(new Page<ScenarioShown>([.. (await desk.ListAsync(cancellationToken)).Select(ScenarioShown.Of)], null)))
            .Needs(Permissions.Read).Produces<Page<ScenarioShown>>().WithTags(Tag);
        api.MapGet("/scenarios/{id}", async (string id, int? version, ScenarioDesk desk, CancellationToken cancellationToken) =>
            await desk.GetAsync(id, version, cancellationToken) is { } found ? Results.Ok(ScenarioWithDefinition.Of(found)) : Problem.NotFound())
            .Needs(Permissions.Read).Produces<ScenarioWithDefinition>().WithTags(Tag);
        api.MapGet("/scenarios/{id}/versions", async (string id, ScenarioDesk desk, CancellationToken cancellationToken) =>
            await desk.VersionsAsync(id, cancellationToken) is { Count: > 0 } versions
                ? Results.Ok(new Page<ScenarioShown>([.. versions.Select(ScenarioShown.Of)], null))
                : Problem.NotFound())
            .Needs(Permissions.Read).Produces<Page<ScenarioShown>>().WithTags(Tag);
        api.MapGet("/scenarios/{id}/export", ExportAsync).Needs(Permissions.Read).Produces(StatusCodes.Status200OK, contentType: "application/json").WithTags(Tag);
        api.MapGet("/scenarios/{id}/diff", async (string id, int? from, int? to, ScenarioDesk desk, CancellationToken cancellationToken) =>
            await desk.CompareAsync(id, from, to, cancellationToken) is { } compared ? Results.Ok(ScenarioDiffShown.Of(compared)) : Problem.NotFound())
            .Needs(Permissions.Read).Produces<ScenarioDiffShown>().WithTags(Tag);
        api.MapPost("/scenarios/import", ImportAsync).Needs(Permissions.DrawScenarios).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<ScenarioImportShown>(StatusCodes.Status201Created).WithTags(Tag);
        api.MapPut("/scenarios/{id}/draft", SaveDraftAsync).Needs(Permissions.DrawScenarios).Produces<ScenarioShown>().WithTags(Tag);
        api.MapPost("/scenarios/{id}/publish", PublishAsync).Needs(Permissions.DrawScenarios).Produces<ScenarioShown>().WithTags(Tag);
        api.MapPost("/scenarios/{id}/retract", async (string id, SeenRevision seen, ScenarioDesk desk, CancellationToken cancellationToken) =>
            Results.Ok(ScenarioShown.Of(await desk.RetractAsync(id, seen.Expected, cancellationToken))))
            .Needs(Permissions.DrawScenarios).Produces<ScenarioShown>().WithTags(Tag);
        api.MapPost("/scenarios/{id}/revert/{version:int}", async (string id, int version, SeenRevision seen, ScenarioDesk desk, CancellationToken cancellationToken) =>
            Results.Ok(ScenarioShown.Of(await desk.RevertAsync(id, version, seen.Expected, cancellationToken))))
            .Needs(Permissions.DrawScenarios).Produces<ScenarioShown>().WithTags(Tag);
    }

    private static async Task<IResult> ExportAsync(string id, int? version, ScenarioDesk desk, CancellationToken cancellationToken) =>
        await desk.GetAsync(id, version, cancellationToken) is null
            ? Problem.NotFound()
            : Results.File(Encoding.UTF8.GetBytes(await desk.ExportAsync(id, version, cancellationToken)), "application/json", $"{id}.json");

    private static async Task<IResult> ImportAsync(JsonElement definition, ScenarioDesk desk, ImportWords words, CancellationToken cancellationToken)
    {
        var imported = await desk.ImportAsync(definition.GetRawText(), cancellationToken);
        return Results.Created($"/api/v1/scenarios/{Uri.EscapeDataString(imported.Version.DefinitionId)}", ScenarioImportShown.Of(imported, words));
    }

    private static async Task<IResult> SaveDraftAsync(string id, DraftToSave draft, ScenarioDesk desk, CancellationToken cancellationToken)
    {
        if (draft.Revision is not { } revision)
        {
            return Problem.Invalid("revision", "revision-required");
        }

        if (draft.Definition.ValueKind != JsonValueKind.Object)
        {
            return Problem.Invalid("definition", draft.Definition.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? RuleCodes.Required : "json-invalid");
        }

        if (!draft.Definition.TryGetProperty("definitionId", out var named) || named.ValueKind != JsonValueKind.String)
        {
            return Problem.Invalid("definition.definitionId", RuleCodes.Required);
        }

        if (named.GetString() != id)
        {
            return Problem.Invalid("definition.definitionId", "scenario-id-differs", ("id", id));
        }

        return Results.Ok(ScenarioShown.Of(await desk.SaveDraftAsync(id, draft.Definition.GetRawText(), revision, cancellationToken)));
    }

    private static async Task<IResult> PublishAsync(string id, DraftToPublish publish, ScenarioDesk desk, ScenarioCanvasModel model, CancellationToken cancellationToken)
    {
        if (publish.Revision is not { } revision)
        {
            return Problem.Invalid("revision", "revision-required");
        }

        try
        {
            return Results.Ok(ScenarioShown.Of(await desk.PublishAsync(id, revision, publish.Note, cancellationToken)));
        }
        catch (ScenarioProblemsException broken) when (broken.Problems.Any(problem => problem.NodeId is not null))
        {
            // Inputs and outcomes are named as the page names them, in the caller's language.
            throw await desk.GetAsync(id, null, cancellationToken) is { } draft && ScenarioReader.Read(draft.Json) is var definition
                ? new ScenarioProblemsException([.. broken.Problems.Select(problem => model.Worded(problem, definition))])
                : broken;
        }
    }
}

/// <summary>A draft to save over the revision that was edited (0 for a new scenario).</summary>
internal sealed record DraftToSave(long? Revision, JsonElement Definition);

/// <summary>A draft to publish, at the revision that was looked at, and why.</summary>
internal sealed record DraftToPublish(long? Revision, string? Note);

/// <summary>The revision that was looked at: of the published version where it is taken out of service, of the newest where another is brought back.</summary>
internal sealed record SeenRevision(long? Revision)
{
    public long Expected => Revision ?? throw RuleViolationException.Of("revision", "revision-required");
}

/// <summary>A version of a scenario as the API shows it.</summary>
internal sealed record ScenarioShown(
    string Id, string VersionId, int Version, string Name, string? Description, bool IsLatest, bool IsPublished, long Revision, string? Note, string? ChangedBy, DateTimeOffset ChangedAt, DateTimeOffset? PublishedAt)
{
    public static ScenarioShown Of(ScenarioVersion row) => new(
        row.DefinitionId, row.Id, row.Version, row.Name, row.Description, row.IsLatest, row.IsPublished, row.Revision, row.Note, row.ChangedBy, row.ChangedAt, row.PublishedAt);
}

/// <summary>A version with its definition.</summary>
internal sealed record ScenarioWithDefinition(ScenarioShown Scenario, JsonElement Definition)
{
    public static ScenarioWithDefinition Of(ScenarioVersion row) => new(ScenarioShown.Of(row), JsonSerializer.Deserialize<JsonElement>(row.Json));
}
