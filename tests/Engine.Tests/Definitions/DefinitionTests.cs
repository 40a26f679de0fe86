using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions.Cel;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Definitions;

/// <summary>Definitions travel both ways, and say what is wrong with them.</summary>
public sealed class DefinitionTests : IAsyncDisposable
{
    private const string FromElsa = """
        {"$schema":"https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json",
        "id":"ver3","definitionId":"dunning","name":"Dunning","createdAt":"2026-01-05T09:00:00+00:00","version":3,"toolVersion":"3.7.1.0",
        "variables":[{"id":"v1","name":"Paid","typeName":"Boolean","isArray":false,"value":"false","storageDriverTypeName":"X"}],
        "inputs":[{"type":"String","name":"InvoiceId","displayName":"Invoice","uiHint":"singleline"}],
        "outputs":[],"outcomes":[],"customProperties":{"a":{"b":1}},"isReadonly":false,"isSystem":false,"isLatest":true,"isPublished":true,
        "options":{"usableAsActivity":false,"autoUpdateConsumingWorkflows":false},
        "root":{"type":"Elsa.Flowchart","version":1,"id":"fc","nodeId":"Workflow1:fc","metadata":{},"customProperties":{},
        "activities":[
        {"id":"a1","nodeId":"Workflow1:fc:a1","name":"Due","type":"Elsa.Event","version":1,
         "customProperties":{"canStartWorkflow":true,"runAsynchronously":false},
         "metadata":{"designer":{"position":{"x":-12.5,"y":40},"size":{"width":200,"height":50}}},
         "eventName":{"typeName":"String","expression":{"type":"Literal","value":"InvoiceDue"},"memoryReference":{"id":"m1"}}},
        {"id":"a2","nodeId":"Workflow1:fc:a2","type":"Acme.Unknown","version":4,"odd":[1,{"x":null}],"then":{"id":"inner","type":"Acme.Inner","version":1,"nodeId":"Workflow1:fc:a2:inner"},
         "condition":{"typeName":"Boolean","expression":{"type":"JavaScript","value":"getPaid()"}}}],
        "connections":[{"source":{"activity":"a1","port":"Done"},"target":{"activity":"a2","port":"In"},"vertices":[{"x":1,"y":2}]}]}}
        """;

    private readonly House _house = new();

    [Fact]
    public void What_Elsa_wrote_is_written_back_whole()
    {
        var written = ScenarioWriter.Write(ScenarioReader.Read(FromElsa));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(FromElsa), JsonNode.Parse(written)), written);
    }

    [Fact]
    public void A_definition_is_read_with_positions_inputs_and_flat_connections()
    {
        var definition = ScenarioReader.Read(FromElsa.Replace("""{"source":{"activity":"a1","port":"Done"},"target":{"activity":"a2","port":"In"},"vertices":[{"x":1,"y":2}]}""", """{"source":"a1","target":"a2","sourcePort":"Done","targetPort":"In"}""", StringComparison.Ordinal));

        var due = definition.Root.Steps![0];
        Assert.Equal(new CanvasPosition(-12.5, 40), due.Position);
        Assert.Equal(new Expression("Literal", "InvoiceDue"), due.Input("eventName")!.Expression);
        Assert.Equal(("a1", "Done", "a2", "In"), (definition.Root.Connections![0].Source, definition.Root.Connections[0].SourcePort, definition.Root.Connections[0].Target, definition.Root.Connections[0].TargetPort));
        Assert.Equal(["fc", "a1", "a2", "inner"], definition.AllSteps().Select(step => step.Id));
    }

    [Theory]
    [InlineData("{", "The text is not JSON")]
    [InlineData("[]", "A scenario is a JSON object")]
    [InlineData("""{"name":"x"}""", "has no \"root\"")]
    [InlineData("""{"name":7,"root":{"id":"a","type":"b"}}""", "\"name\" is 7")]
    [InlineData("""{"root":{"type":"b"}}""", "has no \"id\"")]
    [InlineData("""{"root":{"id":"a","type":"Elsa.Sequence","activities":[3]}}""", "holds something that is no step")]
    [InlineData("""{"root":{"id":"flow","type":"Elsa.Flowchart","activities":{"id":"b"}}}""", "\"activities\" of \"flow\" is an object")]
    [InlineData("""{"root":{"id":"flow","type":"Elsa.Flowchart","activities":[],"connections":{"source":"b"}}}""", "\"connections\" of \"flow\" is an object")]
    [InlineData("""{"variables":{"name":"Paid"},"root":{"id":"a","type":"b"}}""", "\"variables\" is an object")]
    [InlineData("""{"root":{"id":"flow","type":"Elsa.Flowchart","connections":[{"source":{"activity":"b","port":7},"target":{"activity":"c"}}]}}""", "\"port\" of \"flow\" is 7")]
    public void A_text_that_is_no_scenario_says_why(string json, string message)
    {
        Assert.Contains(message, Assert.Throws<ScenarioFormatException>(() => ScenarioReader.Read(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_are_found_with_step_input_line_and_column()
    {
        var json = Draw.Scenario("bad")
            .Step("ask", "Test.Ask", ("question", "CEL", "1 +\n +"))
            .Step("gone", "Acme.Unknown")
            .Step("delay", "Elsa.Delay")
            .Step("decide", "Elsa.FlowDecision", ("condition", "CEL", "nobody.knows"))
            .Step("alone", "Test.Note")
            .Connect("start>ask", "ask.Perhaps>gone", "ask.Answered>delay", "ask.Answered>delay", "delay>decide", "decide.True>nowhere", "gone>decide").Json;

        var problems = _house.Get<DefinitionValidator>().Validate(json, new Dictionary<string, CelType>());

        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.Expression, NodeId: "ask", InputName: "question" } && problem.Arguments.Skip(1).SequenceEqual(["2", "2"]));
        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.UnknownActivity, NodeId: "gone" } && problem.Arguments[0] == "Acme.Unknown");
        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.MissingInput, NodeId: "delay", InputName: "timeSpan" });
        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.UnknownName, NodeId: "decide" } && problem.Arguments[0] == "nobody");
        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.Unconnected, NodeId: "alone" });
        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.UnknownOutcome, NodeId: "ask" } && problem.Arguments[0] == "Perhaps");
        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.DuplicateConnection, NodeId: "ask" });
        Assert.Contains(problems, problem => problem.Code == ProblemCodes.UnknownStep && problem.Arguments[0] == "nowhere");
        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.UnhandledOutcome, NodeId: "ask", Severity: ProblemSeverity.Warning } && problem.Arguments[0] == "Time limit");
    }

    [Theory]
    [InlineData("""{"id":"note","type":"Test.Note","result":{"typeName":"String","memoryReference":"x"}}""")]
    [InlineData("""{"id":"note","type":"Test.Note","metadata":{"designer":5}}""")]
    [InlineData("""{"id":"note","type":"Test.Note","metadata":{"designer":[{"position":{"x":1,"y":2}}]}}""")]
    public void A_reference_or_a_place_in_another_shape_counts_as_none_and_is_kept(string note)
    {
        var json = Draw.Scenario("odd").Raw(note).Connect("start>note").Json;

        Assert.DoesNotContain(_house.Get<DefinitionValidator>().Validate(json), problem => problem.Severity == ProblemSeverity.Error);
        Assert.Null(ScenarioReader.Read(json).Root.Steps![1].Position);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(ScenarioWriter.Write(ScenarioReader.Read(json)))));
    }

    [Theory]
    [InlineData("""{"id":"box","type":"Acme.Box","root":{"id":"inner","type":"Elsa.Sequence","activities":[]}}""", ProblemCodes.UnknownActivity, "box")]
    [InlineData("""{"id":"box","type":"Acme.Box","root":{"id":"inner","type":"Elsa.Flowchart","activities":[{"id":"deep","type":"Elsa.Finish"}],"connections":[]}}""", ProblemCodes.UnknownActivity, "box")]
    [InlineData("""{"id":"box","type":"Elsa.Delay","timeSpan":"PT1H","handler":{"id":"inner","type":"Elsa.Finish"}}""", ProblemCodes.Unconnected, "inner")]
    [InlineData("""{"id":"box","type":"Elsa.If","condition":true,"Then":{"id":"inner","type":"Elsa.Finish"}}""", ProblemCodes.Unconnected, "inner")]
    public void A_step_where_no_activity_runs_it_is_a_problem_that_can_be_looked_up(string box, string code, string step)
    {
        var json = Draw.Scenario("boxed").Raw(box).Connect("start>box").Json;

        var problem = Assert.Single(_house.Get<DefinitionValidator>().Validate(json), problem => problem.Severity == ProblemSeverity.Error);
        Assert.Equal((code, step), (problem.Code, problem.NodeId));
        Assert.Empty(_house.Get<StepOutcomes>().Of(ScenarioReader.Read(json))["inner"]);
    }

    [Fact]
    public void A_loop_without_a_wait_is_a_problem_and_one_with_a_wait_is_none()
    {
        var tight = Draw.Scenario("tight").Step("a", "Test.Note").Step("b", "Elsa.FlowDecision", ("condition", "CEL", "true")).Connect("start>a", "a>b", "b.True>a").Json;
        var calm = Draw.Scenario("calm").Step("a", "Test.Ask").Step("b", "Test.Note").Connect("start>a", "a.Time limit>b", "b>a").Json;

        Assert.Contains(_house.Get<DefinitionValidator>().Validate(tight), problem => problem.Code == ProblemCodes.LoopWithoutWait);
        Assert.DoesNotContain(_house.Get<DefinitionValidator>().Validate(calm), problem => problem.Code == ProblemCodes.LoopWithoutWait);
    }

    [Fact]
    public void A_way_back_through_rounds_side_by_side_that_wait_is_no_problem()
    {
        var json = Draw.Scenario("rounds").Step("a", "Test.Note").Raw("""{"id":"each","type":"Elsa.ParallelForEach","items":{"typeName":"Object","expression":{"type":"CEL","value":"[1, 2]"}},"body":{"id":"wait","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"P1D"}}}}""")
            .Step("b", "Elsa.FlowDecision", ("condition", "CEL", "true")).Connect("start>a", "a>each", "each>b", "b.True>a").Json;

        Assert.DoesNotContain(_house.Get<DefinitionValidator>().Validate(json), problem => problem.Code == ProblemCodes.LoopWithoutWait);
    }

    [Theory]
    [InlineData("CEL", "'WaitAll'", true)]
    [InlineData("Literal", "WaitAll", false)]
    public void What_a_join_waits_for_is_drawn_and_not_computed(string kind, string mode, bool refused)
    {
        var json = Draw.Scenario("joining").Step("a", "Test.Ask").Step("b", "Test.Ask").Step("join", "Elsa.FlowJoin", ("mode", kind, mode)).Connect("start>a", "start>b", "a.Answered>join", "b.Answered>join").Json;

        Assert.Equal(refused, _house.Get<DefinitionValidator>().Validate(json).Any(problem => problem is { Code: ProblemCodes.NeedsLiteral, NodeId: "join", InputName: "Mode", Severity: ProblemSeverity.Error }));
    }

    [Fact]
    public async Task A_scenario_is_changed_in_a_draft_and_published_as_the_next_version()
    {
        var first = await _house.PublishAsync(Draw.Scenario("dunning").Step("ask", "Test.Ask", ("timeLimit", "Literal", "P7D")).Connect("start>ask").Json);
        var before = await _house.StartAsync();

        var second = await _house.InTenantAsync(async services =>
        {
            var library = services.GetRequiredService<ScenarioLibrary>();
            var draft = await library.ChangeInputAsync("dunning", "ask", "timeLimit", new Expression("Literal", "P10D"), first.Revision, "anna");
            Assert.Equal((2, false, true), (draft.Version, draft.IsPublished, draft.IsLatest));
            await Assert.ThrowsAsync<RevisionConflictException>(() => library.PublishAsync("dunning", draft.Revision + 1, null, "bob"));
            return await library.PublishAsync("dunning", draft.Revision, "Ten days.", "anna");
        });
        var after = await _house.StartAsync("two");

        Assert.Equal((1, House.Start.AddDays(7)), (before.Version, before.WaitingUntil));
        Assert.Equal((2, House.Start.AddDays(10), second.Id), (after.Version, after.WaitingUntil, after.DefinitionVersionId));
        var versions = await _house.InTenantAsync(async services => await services.GetRequiredService<ScenarioLibrary>().VersionsAsync("dunning"));
        Assert.Equal([(2, true, true), (1, false, false)], versions.Select(version => (version.Version, version.IsPublished, version.IsLatest)));
    }

    [Fact]
    public async Task A_version_in_service_is_not_published_again_its_note_and_publisher_stay()
    {
        var first = await _house.PublishAsync(Draw.Scenario("dunning").Step("ask", "Test.Ask").Connect("start>ask").Json);

        var again = await _house.InTenantAsync(services => services.GetRequiredService<ScenarioLibrary>().PublishAsync("dunning", first.Revision, "Another note.", "bob"));

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task A_wrong_input_is_refused_and_nothing_is_changed()
    {
        var first = await _house.PublishAsync(Draw.Scenario("dunning").Step("ask", "Test.Ask").Connect("start>ask").Json);

        var refused = await Assert.ThrowsAsync<ScenarioProblemsException>(() => _house.InTenantAsync(services =>
            services.GetRequiredService<ScenarioLibrary>().ChangeInputAsync("dunning", "ask", "timeLimit", new Expression("Literal", "soon"), first.Revision, "anna")));

        Assert.Equal((ProblemCodes.Expression, "ask", "timeLimit"), (refused.Problems[0].Code, refused.Problems[0].NodeId, refused.Problems[0].InputName));
        Assert.Single(await _house.InTenantAsync(async services => await services.GetRequiredService<ScenarioLibrary>().VersionsAsync("dunning")));
    }

    [Fact]
    public async Task A_scenario_with_errors_is_not_published_and_a_retracted_one_starts_nothing()
    {
        await Assert.ThrowsAsync<ScenarioProblemsException>(() => _house.PublishAsync(Draw.Scenario("bad").Step("gone", "Acme.Unknown").Connect("start>gone").Json));
        var published = await _house.PublishAsync(Draw.Scenario("dunning").Step("note", "Test.Note").Connect("start>note").Json);
        await _house.InTenantAsync(services => services.GetRequiredService<ScenarioLibrary>().RetractAsync("dunning", published.Revision));

        await _house.RaiseAndDrainAsync(CentralPay.Workflows.Engine.Activities.Event.Published("Start"));

        Assert.Empty(_house.Log.Lines);
    }

    [Fact]
    public async Task A_retracted_version_still_says_who_published_it_when_and_why()
    {
        var draft = await _house.InTenantAsync(services => services.GetRequiredService<ScenarioLibrary>().ImportAsync(Draw.Scenario("dunning").Step("note", "Test.Note").Connect("start>note").Json, "anna"));
        var published = await _house.InTenantAsync(services => services.GetRequiredService<ScenarioLibrary>().PublishAsync("dunning", draft.Revision, "Milder words", "anna"));
        _house.Clock.Advance(TimeSpan.FromDays(3));

        var retracted = await _house.InTenantAsync(services => services.GetRequiredService<ScenarioLibrary>().RetractAsync("dunning", published.Revision));

        Assert.False(retracted.IsPublished);
        Assert.Equal(("Milder words", "anna", published.ChangedAt), (retracted.Note, retracted.ChangedBy, retracted.ChangedAt));
    }

    [Fact]
    public void A_descriptor_says_what_the_form_draws()
    {
        var descriptor = _house.Get<ActivityRegistry>().Find("Test.Ask")!;

        Assert.Equal(["Answered", "Time limit"], descriptor.Outcomes);
        Assert.Equal([("question", "Question", "String", "singleline"), ("timeLimit", "Time limit", "TimeSpan", "duration")], descriptor.Inputs.Select(input => (input.Name, input.DisplayName, input.TypeName, input.UIHint)));
        Assert.Equal("P7D", descriptor.Inputs[1].DefaultValue);
        Assert.Equal(["answer"], descriptor.Outputs.Select(output => output.Name));
        Assert.Equal((true, true), (_house.Get<ActivityRegistry>().Find("Elsa.Event")!.IsTrigger, _house.Get<ActivityRegistry>().Find("Elsa.Finish")!.IsTerminal));
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
