using CentralPay.Workflows.Designer.Access;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Radzen;

namespace CentralPay.Workflows.Designer.Scenarios.Drawing;

/// <summary>
/// One person's sitting at a scenario: what stands on the canvas, and what was done to it. Each thing done is saved as it is
/// done, one after the other, over the version it was done to; what somebody else saved meanwhile is never written over.
/// </summary>
public sealed class Sitting(Acting acting, MerchantSession session, Hand hand, ScenarioCanvasModel model, IStringLocalizer<Phrases> say) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly History history = new();

    /// <summary>The version on the canvas; null before one is shown.</summary>
    public ScenarioVersion? Version { get; private set; }

    /// <summary>The same, read.</summary>
    public ScenarioDefinition? Definition { get; private set; }

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; private set; } = [];

    /// <summary>The step that the last thing done was about; null for none.</summary>
    public string? Selected { get; private set; }

    /// <summary>What undo would take back; null for nothing.</summary>
    public string? UndoName => history.UndoName;

    /// <summary>What redo would do again; null for nothing.</summary>
    public string? RedoName => history.RedoName;

    /// <summary>Begins, or begins again, with a version. Where it is not the one of before, nothing of before can be taken back.</summary>
    public async Task ShowAsync(ScenarioVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (Version is { } shown && (shown.Id, shown.Revision) != (version.Id, version.Revision))
        {
            history.Forget();
        }

        await TakeAsync(version);
    }

    /// <summary>Does what a gesture on the canvas or in a form asks for. False where it could not be saved: read the scenario again.</summary>
    public Task<bool> DrawAsync(IReadOnlyList<CanvasCommand> commands) => InTurnAsync(definition => hand.Do(definition, commands), isLayout: commands is [MoveSteps]);

    /// <summary>Adds a step behind another one. False where it could not be saved.</summary>
    public Task<bool> AddAfterAsync(string activityType, string? after) => InTurnAsync(definition => hand.AddAfter(definition, activityType, after));

    /// <summary>Gives a step a title of its own. False where it could not be saved.</summary>
    public Task<bool> RenameAsync(string stepId, string? title) => InTurnAsync(definition =>
        new Drawn(ScenarioDrawing.Rename(definition, stepId, title), say["draw.rename", string.IsNullOrWhiteSpace(title) ? stepId : title]));

    /// <summary>Changes plain data of a step. False where it could not be saved.</summary>
    public Task<bool> SetPropertyAsync(StepDefinition step, InputDescriptor input, System.Text.Json.Nodes.JsonNode? value) => InTurnAsync(definition =>
        new Drawn(ScenarioDrawing.SetProperty(definition, step.Id, input.Name, value), say["draw.input", input.DisplayName, model.TitleOf(step)]));

    /// <summary>Changes a setting of a step; a value that breaks its rule is said beside the field and not saved. False where nothing was saved.</summary>
    public async Task<bool> ChangeInputAsync(StepDefinition step, InputDescriptor input, Expression expression, Violations beside)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(input);
        return await InTurnAsync(async () =>
        {
            var (before, version) = (Definition!, Version!);
            ScenarioVersion? saved = null;
            var done = await acting.DoAsync(
                async services => saved = await services.GetRequiredService<ScenarioDesk>().ChangeInputAsync(version.DefinitionId, step.Id, input.Name, expression, version.Revision),
                null,
                beside);
            return done && await NoteAsync(saved!, say["draw.input", input.DisplayName, model.TitleOf(step)], before, isLayout: false);
        });
    }

    /// <summary>Takes the last thing back. False where it could not be saved.</summary>
    public Task<bool> UndoAsync() => InTurnAsync(async () => history.Before is not { } before || await GoAsync(before, history.Undone));

    /// <summary>Does again what was taken back. False where it could not be saved.</summary>
    public Task<bool> RedoAsync() => InTurnAsync(async () => history.After is not { } after || await GoAsync(after, history.Redone));

    /// <inheritdoc />
    public void Dispose() => turn.Dispose();

    private Task<bool> InTurnAsync(Func<ScenarioDefinition, Drawn?> draw, bool isLayout = false) => InTurnAsync(async () =>
    {
        Drawn? drawn;
        try
        {
            drawn = draw(Definition!);
        }
        catch (UnreadableStepsException)
        {
            acting.Tell(NotificationSeverity.Warning, say["draw.unreadable"]);
            return true;
        }

        if (drawn is null)
        {
            return true;
        }

        var before = Definition!;
        return await SaveAsync(drawn.Definition, isLayout) is { } saved && await NoteAsync(saved, drawn.Name, before, isLayout, drawn.Selected);
    });

    private async Task<bool> GoAsync(State to, Action went)
    {
        if (await SaveAsync(to.Definition, to.IsLayout) is not { } saved)
        {
            return false;
        }

        went();
        await TakeAsync(saved);
        return true;
    }

    // A layout alone is never a version: it is kept with the version that is there.
    private async Task<ScenarioVersion?> SaveAsync(ScenarioDefinition next, bool isLayout)
    {
        var version = Version!;
        ScenarioVersion? saved = null;
        await acting.DoAsync(async services =>
        {
            var desk = services.GetRequiredService<ScenarioDesk>();
            saved = isLayout
                ? await desk.ArrangeAsync(version.DefinitionId, PlacesOf(next), version.Revision)
                : await desk.SaveDraftAsync(version.DefinitionId, ScenarioWriter.Write(next), version.Revision);
        });
        return saved;
    }

    private async Task<bool> NoteAsync(ScenarioVersion saved, string name, ScenarioDefinition before, bool isLayout, string? selected = null)
    {
        var former = Version!;
        await TakeAsync(saved);
        history.Note(name, before, Definition!, isLayout);
        Selected = selected ?? Selected;
        if (saved.Id != former.Id)
        {
            acting.Tell(NotificationSeverity.Info, say["scenario.draftMade", saved.Version]);
        }

        return true;
    }

    private async Task TakeAsync(ScenarioVersion version)
    {
        Version = version;
        Definition = ScenarioReader.Read(version.Json);
        Selected = null;
        Problems = [.. (await session.RunAsync(async services => await services.GetRequiredService<ScenarioDesk>().ValidateAsync(version.Json))).Select(problem => model.Worded(problem, Definition))];
    }

    private static Dictionary<string, CanvasPosition> PlacesOf(ScenarioDefinition definition) =>
        ScenarioDrawing.Steps(definition).Where(step => step.Position is not null).ToDictionary(step => step.Id, step => step.Position!);

    private async Task<bool> InTurnAsync(Func<Task<bool>> work)
    {
        await turn.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            turn.Release();
        }
    }
}
