using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Expressions.Cel;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>
/// One tenant's scenarios: listing, drafting, publishing, retracting, reverting. Each change is one commit, guarded by the
/// version's revision. Of a definition it writes only what says which version it is (<c>id</c>, <c>definitionId</c>,
/// <c>version</c>, <c>isLatest</c>, <c>isPublished</c>); all else stays as its author wrote it.
/// </summary>
public sealed class ScenarioLibrary(
    IScenarioStore scenarios,
    ICaseStore cases,
    IEngineUnitOfWork work,
    CompiledScenarios compiled,
    DefinitionValidator validator,
    ActivityRegistry activities,
    TimeProvider clock,
    IEnumerable<IExpressionRoots> roots,
    IEnumerable<IScenarioRules> rules)
{
    private readonly Dictionary<string, CelType> _roots = roots.SelectMany(source => source.Types).DistinctBy(root => root.Key).ToDictionary();

    /// <summary>The newest version of every scenario.</summary>
    public ValueTask<IReadOnlyList<ScenarioVersion>> ListAsync(CancellationToken cancellationToken = default) => scenarios.LatestAsync(cancellationToken);

    /// <summary>All versions of a scenario, newest first.</summary>
    public ValueTask<IReadOnlyList<ScenarioVersion>> VersionsAsync(string definitionId, CancellationToken cancellationToken = default) => scenarios.VersionsAsync(definitionId, cancellationToken);

    /// <summary>A version of a scenario, or its newest; null where there is none.</summary>
    public async ValueTask<ScenarioVersion?> GetAsync(string definitionId, int? version = null, CancellationToken cancellationToken = default)
    {
        var versions = await scenarios.VersionsAsync(definitionId, cancellationToken);
        return versions.FirstOrDefault(each => version is null ? each.IsLatest : each.Version == version);
    }

    /// <summary>What is wrong with a definition, by itself and to the host; the gravest first.</summary>
    public async ValueTask<IReadOnlyList<DefinitionProblem>> ValidateAsync(string json, CancellationToken cancellationToken = default)
    {
        ScenarioDefinition definition;
        try
        {
            definition = ScenarioReader.Read(json);
        }
        catch (ScenarioFormatException exception)
        {
            return [exception.Problem];
        }

        var found = new List<DefinitionProblem>(validator.Validate(definition, _roots));
        foreach (var rule in rules)
            found.AddRange(await rule.CheckAsync(definition, cancellationToken));
        return [.. found.OrderByDescending(problem => problem.Severity)];
    }

    /// <summary>
    /// Saves a draft. Over a published version it makes the next one. Drafts may have problems, but must be readable, and each
    /// step must have an id of its own (<see cref="ScenarioProblemsException"/>). <paramref name="expectedRevision"/> is that of the version that was opened,
    /// 0 for a new scenario; throws <see cref="RevisionConflictException"/> where somebody else saved first.
    /// </summary>
    public async Task<ScenarioVersion> SaveDraftAsync(string json, long expectedRevision, string actor, CancellationToken cancellationToken = default)
    {
        var definition = Read(json);
        var latest = definition.DefinitionId.Length == 0 ? null : await GetAsync(definition.DefinitionId, null, cancellationToken);
        if ((latest?.Revision ?? 0) != expectedRevision)
            throw new RevisionConflictException($"The scenario \"{definition.Name}\" was changed by {latest?.ChangedBy ?? "somebody else"} meanwhile.");
        var draft = Draft(definition, latest, actor);
        await work.CommitAsync(cancellationToken);
        return draft;
    }

    /// <summary>Changes one input of one step in a draft, as the properties form does.</summary>
    public async Task<ScenarioVersion> ChangeInputAsync(string definitionId, string nodeId, string inputName, Expression expression, long expectedRevision, string actor, CancellationToken cancellationToken = default)
    {
        var latest = await LatestAsync(definitionId, expectedRevision, cancellationToken);
        var json = (JsonObject)JsonNode.Parse(latest.Json)!;
        var step = FindStep(json["root"] as JsonObject, nodeId) ?? throw new ScenarioNotFoundException($"The scenario \"{latest.Name}\" has no step \"{nodeId}\".");
        if (ScenarioReader.Unwrapped(step) is { } original)
        {
            step.ReplaceWith(original);
            step = original;
        }

        var type = step["type"]?.GetValue<string>() ?? "";
        var input = activities.Find(type)?.Inputs.FirstOrDefault(each => each.Name == inputName)
            ?? throw new ScenarioNotFoundException($"The activity {type} has no input \"{inputName}\".");
        step[inputName] = InputDefinition.Write(input.TypeName, expression);

        var changed = json.ToJsonString();
        var problems = validator.Validate(changed, _roots).Where(problem => problem.Severity == ProblemSeverity.Error && problem.NodeId == nodeId && problem.InputName == inputName).ToArray();
        if (problems.Length > 0)
            throw new ScenarioProblemsException(problems);
        var draft = Draft(Read(changed), latest, actor);
        await work.CommitAsync(cancellationToken);
        return draft;
    }

    /// <summary>Puts steps of the newest version elsewhere on the canvas. A layout is no change of what happens: a published version stays published, and no draft is made.</summary>
    public async Task<ScenarioVersion> ArrangeAsync(string definitionId, IReadOnlyDictionary<string, CanvasPosition> places, long expectedRevision, CancellationToken cancellationToken = default)
    {
        var latest = await LatestAsync(definitionId, expectedRevision, cancellationToken);
        var arranged = latest with
        {
            Json = ScenarioWriter.Write(ScenarioDrawing.Move(ScenarioReader.Read(latest.Json), places)),
            Revision = latest.Revision + 1,
        };
        Append(arranged);
        await work.CommitAsync(cancellationToken);
        return arranged;
    }

    /// <summary>
    /// Publishes the newest version: new cases run on it, its triggers start them. One that is in service already stays as it is.
    /// Throws <see cref="ScenarioProblemsException"/> where it has errors.
    /// </summary>
    /// <param name="definitionId">The scenario.</param>
    /// <param name="expectedRevision">The revision that was opened.</param>
    /// <param name="note">Why; null for nothing.</param>
    /// <param name="actor">The publisher's name.</param>
    /// <param name="actorId">The publisher's identity; their name where null.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public async Task<ScenarioVersion> PublishAsync(string definitionId, long expectedRevision, string? note, string actor, string? actorId = null, CancellationToken cancellationToken = default)
    {
        var latest = await LatestAsync(definitionId, expectedRevision, cancellationToken);
        if (latest.IsPublished)
            return latest;
        var errors = (await ValidateAsync(latest.Json, cancellationToken)).Where(problem => problem.Severity == ProblemSeverity.Error).ToArray();
        if (errors.Length > 0)
            throw new ScenarioProblemsException(errors);
        var definition = Read(latest.Json);
        var scenario = compiled.Compiler.Compile(definition, latest.Id);
        var triggers = await TriggerIndex.ReadAsync(scenario, cancellationToken);

        var now = clock.GetUtcNow();
        if (await scenarios.PublishedAsync(definitionId, cancellationToken) is { } old && old.Id != latest.Id)
            Append(old with { IsPublished = false, Revision = old.Revision + 1, Json = Stamp(old.Json, old.Id, old.Version, isLatest: false, isPublished: false) });
        var published = latest with
        {
            IsPublished = true,
            Revision = latest.Revision + 1,
            Note = note,
            ChangedBy = actor,
            ChangedAt = now,
            PublishedAt = latest.PublishedAt ?? now,
            PublishedBy = latest.PublishedBy ?? actorId ?? actor,
            Json = Stamp(latest.Json, latest.Id, latest.Version, isLatest: true, isPublished: true),
        };
        Append(published);
        work.Append(new TriggersIndexed(definitionId, triggers));
        foreach (var clocked in scenario.Triggers.Where(trigger => trigger.Activity is TimeTrigger))
            work.Append(new WorkEnqueued(await ClockStart.OfAsync(cases, latest, clocked.Id, now, cancellationToken)));
        await work.CommitAsync(cancellationToken);
        return published;
    }

    /// <summary>Lets no new case start on the scenario; running ones go on. Who published it, when and why stays said of the version.</summary>
    /// <param name="definitionId">The scenario.</param>
    /// <param name="expectedRevision">The revision of the published version that was looked at.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ScenarioNotFoundException">No version of it is published.</exception>
    /// <exception cref="RevisionConflictException">Somebody else changed it first.</exception>
    public async Task<ScenarioVersion> RetractAsync(string definitionId, long expectedRevision, CancellationToken cancellationToken = default)
    {
        var published = await scenarios.PublishedAsync(definitionId, cancellationToken)
            ?? throw new ScenarioNotFoundException($"The scenario {definitionId} is not published.");
        var retracted = Unchanged(published, expectedRevision) with
        {
            IsPublished = false,
            Revision = published.Revision + 1,
            Json = Stamp(published.Json, published.Id, published.Version, published.IsLatest, isPublished: false),
        };
        Append(retracted);
        work.Append(new TriggersIndexed(definitionId, []));
        await work.CommitAsync(cancellationToken);
        return retracted;
    }

    /// <summary>Brings an earlier version back: a draft of its own with that version's drawing. What the newest version held stays among the versions.</summary>
    /// <param name="definitionId">The scenario.</param>
    /// <param name="version">The version to bring back.</param>
    /// <param name="expectedRevision">The revision of the newest version that was looked at.</param>
    /// <param name="actor">Who brings it back.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ScenarioNotFoundException">There is no such version.</exception>
    /// <exception cref="RevisionConflictException">Somebody else changed the newest version first.</exception>
    public async Task<ScenarioVersion> RevertAsync(string definitionId, int version, long expectedRevision, string actor, CancellationToken cancellationToken = default)
    {
        var latest = await LatestAsync(definitionId, expectedRevision, cancellationToken);
        var former = await GetAsync(definitionId, version, cancellationToken) ?? throw new ScenarioNotFoundException($"The scenario {definitionId} has no version {version}.");
        var draft = NextVersion(Read(former.Json), latest, actor);
        await work.CommitAsync(cancellationToken);
        return draft;
    }

    /// <summary>
    /// Takes a definition from a file, as a draft of its own: the next version of the scenario it names, or a new one. It is
    /// written over no draft, so it needs no revision.
    /// </summary>
    public async Task<ScenarioVersion> ImportAsync(string json, string actor, CancellationToken cancellationToken = default)
    {
        var definition = Read(json);
        var latest = definition.DefinitionId.Length == 0 ? null : await GetAsync(definition.DefinitionId, null, cancellationToken);
        var draft = NextVersion(definition, latest, actor);
        await work.CommitAsync(cancellationToken);
        return draft;
    }

    /// <summary>A version of a scenario, or its newest, as a file that Elsa reads too.</summary>
    public async Task<string> ExportAsync(string definitionId, int? version = null, CancellationToken cancellationToken = default)
    {
        var found = await GetAsync(definitionId, version, cancellationToken) ?? throw new ScenarioNotFoundException($"There is no scenario {definitionId}.");
        return ScenarioWriter.Write(ScenarioReader.Read(found.Json), indented: true);
    }

    private async Task<ScenarioVersion> LatestAsync(string definitionId, long expectedRevision, CancellationToken cancellationToken)
    {
        var latest = await GetAsync(definitionId, null, cancellationToken) ?? throw new ScenarioNotFoundException($"There is no scenario {definitionId}.");
        return Unchanged(latest, expectedRevision);
    }

    private static ScenarioVersion Unchanged(ScenarioVersion version, long expectedRevision) => version.Revision == expectedRevision
        ? version
        : throw new RevisionConflictException($"The scenario \"{version.Name}\" was changed by {version.ChangedBy ?? "somebody else"} meanwhile.");

    /// <summary>Appends the draft that holds the definition: the newest version itself, or the one after it where that was ever published.</summary>
    private ScenarioVersion Draft(ScenarioDefinition definition, ScenarioVersion? latest, string actor) => latest is { PublishedAt: null }
        ? AppendDraft(definition, latest.Id, latest.DefinitionId, latest.Version, latest.Revision, latest.Revision + 1, actor)
        : NextVersion(definition, latest, actor);

    private ScenarioVersion NextVersion(ScenarioDefinition definition, ScenarioVersion? latest, string actor)
    {
        if (latest is not null)
            Append(latest with { IsLatest = false, Revision = latest.Revision + 1, Json = Stamp(latest.Json, latest.Id, latest.Version, isLatest: false, latest.IsPublished) });
        var definitionId = latest?.DefinitionId ?? (definition.DefinitionId.Length > 0 ? definition.DefinitionId : NewId());
        // Revisions go on from version to version: whoever looked at an earlier one never holds the number of a later one.
        return AppendDraft(definition, NewId(), definitionId, (latest?.Version ?? 0) + 1, stored: 0, (latest?.Revision ?? -1) + 2, actor);
    }

    private ScenarioVersion AppendDraft(ScenarioDefinition definition, string id, string definitionId, int version, long stored, long revision, string actor)
    {
        var draft = new ScenarioVersion
        {
            Id = id,
            TenantId = work.TenantId,
            DefinitionId = definitionId,
            Version = version,
            Name = definition.Name,
            Description = definition.Description,
            Json = ScenarioWriter.Write(definition with { Id = id, DefinitionId = definitionId, Version = version, IsLatest = true, IsPublished = false }),
            IsLatest = true,
            IsPublished = false,
            Revision = revision,
            ChangedBy = actor,
            ChangedAt = clock.GetUtcNow(),
        };
        work.Append(new ScenarioVersionSaved(draft, stored));
        return draft;
    }

    private static string NewId() => Guid.CreateVersion7().ToString("N");

    private void Append(ScenarioVersion version) => work.Append(new ScenarioVersionSaved(version, version.Revision - 1));

    private static ScenarioDefinition Read(string json)
    {
        try
        {
            var definition = ScenarioReader.Read(json);
            // Cases and the canvas find a step by its id: of two with one id neither could be shown, nor mended.
            var twice = definition.AllSteps().GroupBy(step => step.Id).Where(group => group.Count() > 1).Select(group => group.Key).ToArray();
            return twice.Length == 0
                ? definition
                : throw new ScenarioProblemsException([.. twice.Select(id => new DefinitionProblem(ProblemSeverity.Error, ProblemCodes.DuplicateStep, id, null, [id]))]);
        }
        catch (ScenarioFormatException exception)
        {
            throw new ScenarioProblemsException([exception.Problem]);
        }
    }

    private static string Stamp(string json, string id, int version, bool isLatest, bool isPublished) =>
        ScenarioWriter.Write(ScenarioReader.Read(json) with { Id = id, Version = version, IsLatest = isLatest, IsPublished = isPublished });

    private static JsonObject? FindStep(JsonObject? json, string nodeId)
    {
        if (json is null || (json["id"] is JsonValue id && id.GetValueKind() == JsonValueKind.String && id.GetValue<string>() == nodeId && json["type"] is JsonValue))
            return json;
        foreach (var (_, value) in json)
        {
            var inside = value switch
            {
                JsonArray items => items.OfType<JsonObject>(),
                JsonObject one => [one],
                _ => [],
            };
            foreach (var item in inside)
            {
                if (FindStep(item, nodeId) is { } found)
                    return found;
            }
        }

        return null;
    }
}
