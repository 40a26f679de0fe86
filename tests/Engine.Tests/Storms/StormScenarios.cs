using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Runtime.Memory;

namespace CentralPay.Workflows.Engine.Tests.Storms;

/// <summary>
/// Books something: each commit of it starts one case of the scenario "booked", under a key that nothing makes unique, so
/// that twice would be seen as two; then it fails, when told.
/// </summary>
[Activity("Test", "Test", "Book.")]
public sealed class Book : CodeActivity
{
    protected override void Execute(ActivityExecutionContext context)
    {
        var id = Guid.NewGuid();
        var work = context.GetRequiredService<IEngineUnitOfWork>();
        work.Append(new WorkEnqueued(new WorkItem
        {
            Id = id,
            TenantId = work.TenantId,
            Kind = WorkKind.Start,
            Key = $"book:{id:N}",
            CaseId = id,
            DefinitionVersionId = "booked",
            NodeId = "start",
            Subject = new CaseSubject($"booked:{context.Id}", null, context.WorkflowExecutionContext.Id),
            EnqueuedAt = default,
        }));
        context.GetRequiredService<Trouble>().Strike();
    }
}

/// <summary>Waits for an answer, at the most for a time; it fails when told, before it waits and when it goes on.</summary>
[Activity("Test", "Test", "Wait for an answer, or fail.")]
[FlowNode("Answered", "Time limit")]
public sealed class Question : Activity
{
    [Input]
    public Input<string> Text { get; set; } = new("");

    [Input]
    public Input<TimeSpan> TimeLimit { get; set; } = new(TimeSpan.FromDays(2));

    protected override void Execute(ActivityExecutionContext context)
    {
        context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = "Test.Ask", Stimulus = context.Get(Text), Callback = OnAnswerAsync });
        context.DelayFor(context.Get(TimeLimit), OnTimeLimitAsync);
        context.GetRequiredService<Trouble>().Strike();
    }

    private ValueTask OnAnswerAsync(ActivityExecutionContext context) => GoOnAsync(context, "Answered");

    private ValueTask OnTimeLimitAsync(ActivityExecutionContext context) => GoOnAsync(context, "Time limit");

    private static async ValueTask GoOnAsync(ActivityExecutionContext context, string outcome)
    {
        await context.CompleteActivityWithOutcomesAsync(outcome);
        context.GetRequiredService<Trouble>().Strike();
    }
}

/// <summary>Makes steps fail, now and then, when they have done everything.</summary>
public sealed class Trouble(Func<bool> strikes)
{
    public void Strike()
    {
        if (strikes())
            throw new TimeoutException("The gateway does not answer.");
    }
}

/// <summary>The scenarios that storms run over, published once for all of them, and how often each books.</summary>
internal static class StormScenarios
{
    public static readonly Guid Tenant = new("01980000-0000-7000-8000-000000000001");

    private static readonly string[] Kinds = ["one after the other", "both ways", "the first way", "for each", "side by side", "another within", "the same twice"];
    private static readonly Lazy<Dictionary<string, (ScenarioVersion Version, IReadOnlyList<TriggerEntry> Triggers)>> Published = new(PublishAll);

    public static CompiledScenarios Compiled { get; } = new(new ActivityRegistry([]).Add<Question>().Add<Book>().Add<Note>(), new FunctionRegistry(TimeProvider.System));

    /// <summary>The ways to draw a case.</summary>
    public static IReadOnlyList<string> All => Kinds;

    /// <summary>How often a case books, its sub-cases counted too, and how many cases it is.</summary>
    public static (int Bookings, int Cases) Expected(string kind) => kind switch
    {
        "one after the other" or "the same twice" => (2, 1),
        "both ways" => (3, 1),
        "the first way" => (1, 1),
        "another within" => (3, 2),
        _ => (4, 1),
    };

    /// <summary>What a case may be answered while it runs: the questions that it asks, or may ask.</summary>
    public static IEnumerable<string> Questions(string kind, string invoice) => kind switch
    {
        "for each" or "side by side" => [$"{invoice}:1", $"{invoice}:2", $"{invoice}:3"],
        "the same twice" => [$"{invoice}:1", $"{invoice}:1"],
        "another within" => [$"{invoice}:within:1", $"{invoice}:within:2"],
        _ => [$"{invoice}:1", $"{invoice}:2"],
    };

    /// <summary>Puts the published scenarios into a fresh store.</summary>
    public static async Task PublishAsync(MemoryEngineStore store)
    {
        await using var scope = store.Open(Tenant);
        var work = (IEngineUnitOfWork)scope.Services.GetService(typeof(IEngineUnitOfWork))!;
        foreach (var (version, triggers) in Published.Value.Values)
        {
            work.Append(new ScenarioVersionSaved(version, 0));
            work.Append(new TriggersIndexed(version.DefinitionId, triggers));
        }

        await work.CommitAsync();
    }

    private static Dictionary<string, (ScenarioVersion, IReadOnlyList<TriggerEntry>)> PublishAll() =>
        Kinds.Concat(["within", "booked"]).ToDictionary(kind => kind, kind =>
        {
            var json = DrawingOf(kind).Json;
            var compiled = Compiled.Compiler.Compile(ScenarioReader.Read(json) with { DefinitionId = kind }, kind);
            var version = new ScenarioVersion { Id = kind, TenantId = Tenant, DefinitionId = kind, Version = 1, Name = kind, Json = json, IsLatest = true, IsPublished = true, Revision = 1, ChangedAt = House.Start, PublishedAt = House.Start };
            return (version, TriggerIndex.ReadAsync(compiled, CancellationToken.None).AsTask().GetAwaiter().GetResult());
        });

    private static Draw DrawingOf(string kind)
    {
        var draw = kind == "within" ? new Draw(kind).Step("start", "Test.Note") : Draw.Scenario(kind);
        return kind switch
        {
            "one after the other" or "within" => Asked(Asked(draw, "a", "1").Step("book", "Test.Book"), "b", "2").Step("again", "Test.Book")
                .Connect("start>a", "a.Answered>book", "a.Time limit>book", "book>b", "b.Answered>again", "b.Time limit>again"),
            "the same twice" => Asked(Asked(draw, "a", "1").Step("book", "Test.Book"), "b", "1").Step("again", "Test.Book")
                .Connect("start>a", "a.Answered>book", "a.Time limit>book", "book>b", "b.Answered>again", "b.Time limit>again"),
            "both ways" => Asked(Asked(Forked(draw), "a", "1"), "b", "2").Step("bookA", "Test.Book").Step("bookB", "Test.Book").Step("join", "Elsa.FlowJoin", ("mode", "Literal", "WaitAll")).Step("end", "Test.Book")
                .Connect("start>fork", "fork.A>a", "fork.B>b", "a.Answered>bookA", "a.Time limit>bookA", "b.Answered>bookB", "b.Time limit>bookB", "bookA>join", "bookB>join", "join>end"),
            "the first way" => Asked(Asked(Forked(draw), "a", "1"), "b", "2").Step("join", "Elsa.FlowJoin", ("mode", "Literal", "WaitAny")).Step("end", "Test.Book")
                .Connect("start>fork", "fork.A>a", "fork.B>b", "a.Answered>join", "a.Time limit>join", "b.Answered>join", "b.Time limit>join", "join>end"),
            "for each" => draw.Raw(Loop("Elsa.ForEach")).Step("end", "Test.Book").Connect("start>loop", "loop>end"),
            "side by side" => draw.Raw(Loop("Elsa.ParallelForEach")).Step("end", "Test.Book").Connect("start>loop", "loop>end"),
            "another within" => draw.Step("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "within"), ("input", "CEL", "{'invoice': input.invoice + ':within', 'patience': input.patience}"), ("correlationId", "CEL", "'within:' + input.invoice"))
                .Step("end", "Test.Book").Connect("start>run", "run>end"),
            _ => draw.Step("note", "Test.Note").Connect("start>note"),
        };
    }

    private static Draw Forked(Draw draw) => draw.Step("fork", "Elsa.FlowFork", ("branches", "Object", """["A","B"]"""));

    private static Draw Asked(Draw draw, string id, string number) =>
        draw.Step(id, "Test.Question", ("text", "CEL", $"input.invoice + ':{number}'"), ("timeLimit", "CEL", "duration(input.patience)"));

    private static string Loop(string type) => $$"""
        { "id": "loop", "type": "{{type}}", "items": {{Cel("['1', '2', '3']")}}, "body": { "id": "round", "type": "Elsa.Sequence", "activities": [
          { "id": "ask", "type": "Test.Question", "text": {{Cel("input.invoice + ':' + CurrentValue")}}, "timeLimit": {{Cel("duration(input.patience)")}} },
          { "id": "book", "type": "Test.Book" } ] } }
        """;

    private static string Cel(string expression) => $$"""{ "typeName": "Object", "expression": { "type": "CEL", "value": "{{expression}}" } }""";
}
