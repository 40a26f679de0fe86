using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Definitions;

/// <summary>What is written otherwise than it must be is told by step, field and rule, and never passed over in silence.</summary>
public sealed class OddDefinitionTests : IAsyncDisposable
{
    private const int LongChain = 20_000;

    private readonly House _house = new();

    [Theory]
    [InlineData("\"connections\":{\"source\":\"a\",\"target\":\"b\"}", "flow", "connections", "list")]
    [InlineData("\"connections\":\"none\"", "flow", "connections", "list")]
    [InlineData("\"variables\":{\"Paid\":true}", "flow", "variables", "list")]
    [InlineData("\"activities\":{\"a\":1}", "flow", "activities", "list")]
    [InlineData("\"connections\":[{\"source\":{\"activity\":\"a\",\"port\":7},\"target\":{\"activity\":\"b\"}}]", "flow", "port", "string")]
    [InlineData("\"connections\":[{\"source\":{\"activity\":\"a\"},\"target\":{\"activity\":\"b\",\"port\":[\"In\"]}}]", "flow", "port", "string")]
    public async Task A_flowchart_whose_parts_are_of_another_kind_is_refused_by_field_and_rule_and_nothing_is_saved(string member, string step, string field, string wanted)
    {
        var json = $$$"""{"definitionId":"odd","name":"Odd","root":{"id":"flow","type":"Elsa.Flowchart",{{{member}}}}}""";

        var told = Assert.Single(_house.Get<DefinitionValidator>().Validate(json));
        var refused = await Assert.ThrowsAsync<ScenarioProblemsException>(() => ImportAsync(json));

        Assert.Equal((ProblemCodes.Member, step, field, wanted), (told.Code, told.NodeId, told.InputName, told.Arguments[2]));
        Assert.Equal(told.Code, Assert.Single(refused.Problems).Code);
    }

    [Fact]
    public void A_scenario_whose_variables_are_no_list_is_refused_by_field_and_rule()
    {
        var told = Assert.Single(_house.Get<DefinitionValidator>().Validate("""{"name":"Odd","variables":{"Paid":{"typeName":"Boolean"}},"root":{"id":"flow","type":"Elsa.Flowchart"}}"""));

        Assert.Equal((ProblemCodes.Member, null, "variables", "list"), (told.Code, told.NodeId, told.InputName, told.Arguments[2]));
    }

    [Fact]
    public void A_loop_whose_body_is_malformed_is_refused_when_the_file_is_read()
    {
        var refused = Assert.Throws<ScenarioFormatException>(() => ScenarioReader.Read(Draw.Scenario("odd").Raw("""{"id":"each","type":"Elsa.ForEach","body":{"id":"inner","type":"Elsa.Flowchart","connections":{}}}""").Json));

        Assert.Equal("inner", refused.Problem.NodeId);
    }

    [Theory]
    [InlineData("""{"id":"way","type":"Elsa.FlowSwitch","cases":{"Big":"true"}}""", ProblemCodes.Shape, "cases", "list")]
    [InlineData("""{"id":"way","type":"Elsa.FlowSwitch","cases":[{"label":"Big","condition":{"type":"CEL","value":"true"}},{"label":7}]}""", ProblemCodes.Part, "cases", "[1].label")]
    [InlineData("""{"id":"way","type":"Elsa.SetVariable","variable":7}""", ProblemCodes.Shape, "variable", "string")]
    [InlineData("""{"id":"way","type":"Elsa.SetVariable","variable":{"typeName":"Int32"}}""", ProblemCodes.Shape, "variable", "string")]
    [InlineData("""{"id":"way","type":"Elsa.FlowSwitch","cases":"Big"}""", ProblemCodes.Shape, "cases", "list")]
    [InlineData("""{"id":"way","type":"Test.Note","text":{"value":"Pay now"}}""", ProblemCodes.NoExpression, "text", """{"value":"Pay now"}""")]
    [InlineData("""{"id":"way","type":"Test.Note","text":{"typeName":"String","expression":"Pay now"}}""", ProblemCodes.NoExpression, "text", null)]
    [InlineData("""{"id":"way","type":"Test.Note","text":{"typeName":"String","expression":{"type":7,"value":"Pay now"}}}""", ProblemCodes.NoExpression, "text", null)]
    [InlineData("""{"id":"way","type":"Test.Ask","question":"Paid?","answer":"Reply"}""", ProblemCodes.OutputShape, "answer", "\"Reply\"")]
    [InlineData("""{"id":"way","type":"Test.Ask","question":"Paid?","answer":{"typeName":"String","memoryReference":"Reply"}}""", ProblemCodes.OutputShape, "answer", null)]
    public async Task A_setting_that_cannot_hold_what_is_written_is_told_by_step_and_setting_and_exported_as_it_came(string step, string code, string setting, string? said)
    {
        var json = Draw.Scenario("odd").Raw(step).Connect("start>way").Json;

        var draft = await ImportAsync(json);
        var told = Assert.Single(_house.Get<DefinitionValidator>().Validate(draft.Json), problem => problem.NodeId == "way" && problem.InputName is not null);

        Assert.Equal((code, setting, code == ProblemCodes.OutputShape ? ProblemSeverity.Warning : ProblemSeverity.Error), (told.Code, told.InputName, told.Severity));
        Assert.True(said is null || told.Arguments.Contains(said), string.Join(" | ", told.Arguments));
        var way = JsonNode.Parse(draft.Json)!["root"]!["activities"]!.AsArray().Single(each => each!["id"]!.GetValue<string>() == "way");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(step), way), way!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"typeName":"String"}""")]
    [InlineData("""{"typeName":"String","expression":null,"memoryReference":{"id":"m"}}""")]
    [InlineData("{}")]
    [InlineData("null")]
    public void A_setting_that_Elsa_left_empty_is_no_problem(string text)
    {
        var json = Draw.Scenario("plain").Raw($$$"""{"id":"note","type":"Test.Note","text":{{{text}}},"result":{"typeName":"String","memoryReference":null}}""").Connect("start>note").Json;

        Assert.DoesNotContain(_house.Get<DefinitionValidator>().Validate(json), problem => problem.Severity == ProblemSeverity.Error);
    }

    [Theory]
    [InlineData("""{"id":"1","name":"Level","typeName":"Int32"},{"id":"2","name":"Level","typeName":"Int32"}""", ProblemCodes.DuplicateVariable, "Level")]
    [InlineData("""{"id":"1","name":"Level","typeName":"Int32"},{"id":"2","name":"Level","typeName":"String"}""", ProblemCodes.DuplicateVariable, "Level")]
    [InlineData("""{"id":"1","name":"Level","typeName":"Int32"},{"id":"1","name":"Level","typeName":"Int32"}""", ProblemCodes.DuplicateVariable, "Level")]
    [InlineData("""{"name":"Level","typeName":"Int32"},{"name":"Level","typeName":"String"}""", ProblemCodes.DuplicateVariable, "Level")]
    [InlineData("""{"id":"1","name":"Level","typeName":"Int32"},{"id":"1","name":"Stage","typeName":"Int32"}""", ProblemCodes.VariableIdentity, "1")]
    public void Two_variables_of_one_name_or_one_identity_are_told(string variables, string code, string named)
    {
        var json = $$$"""{"name":"Twice","variables":[{{{variables}}}],"root":{"id":"flow","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Test.Note"}],"connections":[]}}""";

        var told = Assert.Single(_house.Get<DefinitionValidator>().Validate(json), problem => problem.Severity == ProblemSeverity.Error);

        Assert.Equal((code, named), (told.Code, told.Arguments[0]));
    }

    [Fact]
    public void A_variable_that_an_older_file_declares_again_in_its_flowchart_in_the_same_words_is_one_variable()
    {
        const string Level = """{"id":"1","name":"Level","typeName":"Int32","value":3}""";
        var json = $$$"""{"name":"Older","variables":[{{{Level}}}],"root":{"id":"flow","type":"Elsa.Flowchart","variables":[{{{Level}}}],"activities":[{"id":"a","type":"Test.Note"}],"connections":[]}}""";

        Assert.DoesNotContain(_house.Get<DefinitionValidator>().Validate(json), problem => problem.Severity == ProblemSeverity.Error);
    }

    [Theory]
    [InlineData("\"inputs\":[{\"name\":\"InvoiceId\",\"type\":\"String\"},{\"name\":\"invoiceId\",\"type\":\"Int32\"}]", ProblemCodes.DuplicateInput, "InvoiceId")]
    [InlineData("\"outputs\":[{\"name\":\"Paid\",\"type\":\"Boolean\"},{\"name\":\"Paid\",\"type\":\"Boolean\"}]", ProblemCodes.DuplicateOutput, "Paid")]
    [InlineData("\"inputs\":{\"InvoiceId\":\"String\"}", ProblemCodes.Member, "inputs")]
    [InlineData("\"outputs\":\"Paid\"", ProblemCodes.Member, "outputs")]
    public void Inputs_and_outputs_of_one_name_or_in_no_list_are_told(string member, string code, string named)
    {
        var json = $$$"""{"name":"Twice",{{{member}}},"root":{"id":"flow","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Test.Note"}],"connections":[]}}""";

        var told = Assert.Single(_house.Get<DefinitionValidator>().Validate(json), problem => problem.Severity == ProblemSeverity.Error);

        Assert.Equal((code, named), (told.Code, told.Arguments[0]));
    }

    [Fact]
    public async Task A_step_sets_the_variable_it_was_drawn_with_under_the_name_that_it_has_now()
    {
        await _house.PublishAsync(Draw.Scenario("renamed").Variable("Stage", "Int32", 1)
            .Raw("""{"id":"set","type":"Elsa.SetVariable","variable":{"id":"id-Stage","name":"Level","typeName":"Int32"},"value":{"typeName":"Object","expression":{"type":"Literal","value":7}}}""")
            .Step("note", "Test.Note", ("text", "CEL", "string(Stage)")).Connect("start>set", "set>note").Json);

        await _house.StartAsync();

        Assert.Equal(["7"], _house.Log.Lines);
    }

    [Fact]
    public void A_flowchart_that_is_to_begin_with_a_step_that_is_not_there_is_told()
    {
        var json = """{"name":"Lost","root":{"id":"flow","type":"Elsa.Flowchart","start":"ghost","activities":[{"id":"a","type":"Elsa.Delay","timeSpan":"P1D"}],"connections":[{"source":{"activity":"a"},"target":{"activity":"a"}}]}}""";

        Assert.Contains(_house.Get<DefinitionValidator>().Validate(json), problem => problem is { Code: ProblemCodes.UnknownStart, NodeId: "flow", Severity: ProblemSeverity.Error } && problem.Arguments[0] == "ghost");
    }

    [Fact]
    public void A_file_with_an_editors_mark_before_it_is_read() => Assert.Equal("Marked", ScenarioReader.Read("\uFEFF{\"name\":\"Marked\",\"root\":{\"id\":\"flow\",\"type\":\"Elsa.Flowchart\"}}").Name);

    [Fact]
    public void The_first_value_of_a_variable_in_a_container_is_checked_too()
    {
        var json = Draw.Scenario("inner").Raw("""{"id":"box","type":"Elsa.Sequence","variables":[{"id":"1","name":"Level","typeName":"Int32","value":"high"}],"activities":[]}""").Connect("start>box").Json;

        Assert.Contains(_house.Get<DefinitionValidator>().Validate(json), problem => problem.Code == ProblemCodes.VariableValue && problem.Arguments[0] == "Level");
    }

    [Fact]
    public void Settings_that_an_installed_activity_does_not_have_are_listed_with_what_was_probably_meant()
    {
        var json = Draw.Scenario("typos").Raw("""{"id":"ask","type":"Test.Ask","qestion":"Paid?","colour":"red","size":3,"steps":["a"],"layout":{"wide":true},"nothing":null,"variables":[],"runAsynchronously":false,"version":"2","nodeId":"n","metadata":{},"customProperties":{}}""").Connect("start>ask").Json;

        var report = _house.Get<ImportInspection>().Of(ScenarioReader.Read(json));

        Assert.Equal(
            [("qestion", "question"), ("colour", null), ("size", null), ("steps", null), ("layout", null), ("version", null)],
            report.Findings.Where(finding => finding.Kind == ImportFindingKind.UnknownSetting).Select(finding => (finding.Setting!, finding.Suggestion)));
        Assert.All(report.Findings, finding => Assert.Equal("ask", finding.Step!.Id));
    }

    [Fact]
    public async Task A_file_that_is_nested_too_deep_is_told_the_limit()
    {
        static string Nested(int lists) => $$$"""{"name":"Deep \" [[[","note":{{{new string('[', lists)}}}{{{new string(']', lists)}}},"root":{"id":"flow","type":"Elsa.Flowchart"}}""";

        var refused = await Assert.ThrowsAsync<ScenarioProblemsException>(() => ImportAsync(Nested(ScenarioReader.MaxDepth)));

        Assert.Equal((ProblemCodes.TooDeep, "64"), (Assert.Single(refused.Problems).Code, refused.Problems[0].Arguments[0]));
        Assert.NotNull(ScenarioReader.Read(Nested(ScenarioReader.MaxDepth - 1)));
        Assert.Equal(ProblemCodes.Unreadable, Assert.Single(_house.Get<DefinitionValidator>().Validate("""{"name":"[[[[", "root":""")).Code);
    }

    [Fact]
    public async Task A_chain_of_twenty_thousand_steps_is_taken_in_checked_compared_and_made_ready()
    {
        var json = Chain(LongChain, "Test.Note", loops: false);

        var draft = await ImportAsync(json);
        var definition = ScenarioReader.Read(draft.Json);
        var report = _house.Get<ImportInspection>().Of(definition);
        var changes = ScenarioComparison.Between(ScenarioReader.Read(json), definition with { Root = definition.Root with { Connections = [.. definition.Root.Connections!.Skip(1)] } });
        var published = await _house.InTenantAsync(services => services.GetRequiredService<ScenarioLibrary>().PublishAsync("chain", draft.Revision, null, "anna"));
        var compiled = await _house.InTenantAsync(services => _house.Get<CompiledScenarios>().FindAsync(services.GetRequiredService<IScenarioStore>(), _house.Tenant, published.Id, default).AsTask());

        Assert.Equal((LongChain, LongChain - 1), (report.Steps, report.Connections));
        Assert.IsType<ConnectionRemoved>(Assert.Single(changes.Changes));
        Assert.Equal(LongChain + 1, compiled!.Nodes.Count);
    }

    [Fact]
    public void A_circle_of_twenty_thousand_steps_without_a_wait_is_told()
    {
        Assert.Contains(_house.Get<DefinitionValidator>().Validate(Chain(LongChain, "Test.Note", loops: true)), problem => problem.Code == ProblemCodes.LoopWithoutWait);
    }

    [Fact]
    public void A_drawing_of_nothing_but_joins_is_checked()
    {
        Assert.DoesNotContain(_house.Get<DefinitionValidator>().Validate(Chain(LongChain, "Elsa.FlowJoin", loops: false)), problem => problem.Severity == ProblemSeverity.Error);
    }

    [Fact]
    public async Task A_step_that_Elsa_did_not_know_is_read_as_what_it_was_and_exported_as_it_came()
    {
        var json = NotFound("""{"id":"lost","type":"Acme.CheckCover","version":2,"nodeId":"W:lost","amount":{"typeName":"Decimal","expression":{"type":"Literal","value":"12.50"}},"metadata":{"designer":{"position":{"x":1,"y":2}}}}""");

        var draft = await ImportAsync(json);
        var definition = ScenarioReader.Read(draft.Json);
        var lost = definition.AllSteps().Single(step => step.Id == "lost");
        var report = _house.Get<ImportInspection>().Of(definition);

        Assert.Equal(("Acme.CheckCover", 2, new CanvasPosition(1, 2)), (lost.Type, lost.Version, lost.Position));
        Assert.Equal([(ImportFindingKind.ElsasPlaceholder, "Acme.CheckCover"), (ImportFindingKind.UnknownActivity, "Acme.CheckCover")], report.Findings.Where(finding => finding.Step?.Id == "lost").Select(finding => (finding.Kind, finding.What)));
        Assert.Contains(_house.Get<DefinitionValidator>().Validate(draft.Json), problem => problem is { Code: ProblemCodes.UnknownActivity, NodeId: "lost" } && problem.Arguments[0] == "Acme.CheckCover");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json)!["root"], JsonNode.Parse(draft.Json)!["root"]), draft.Json);
    }

    [Fact]
    public async Task A_step_that_Elsa_did_not_know_and_this_house_does_runs_and_what_is_changed_of_it_is_written_as_the_step_itself()
    {
        var json = NotFound("""{"id":"lost","type":"Test.Note","text":{"typeName":"String","expression":{"type":"Literal","value":"found"}}}""");

        await _house.PublishAsync(json);
        await _house.StartAsync();
        var moved = ScenarioWriter.Write(ScenarioDrawing.Move(ScenarioReader.Read(json), new Dictionary<string, CanvasPosition> { ["lost"] = new(5, 6) }));

        Assert.Equal(["found"], _house.Log.Lines);
        var written = JsonNode.Parse(moved)!["root"]!["activities"]!.AsArray().Single(each => each!["id"]!.GetValue<string>() == "lost")!;
        Assert.Equal(("Test.Note", 5), (written["type"]!.GetValue<string>(), written["metadata"]!["designer"]!["position"]!["x"]!.GetValue<int>()));
        Assert.DoesNotContain("originalActivityJson", moved, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"id":"another","type":"Acme.CheckCover"}""")]
    [InlineData("""["lost"]""")]
    public async Task A_placeholder_of_Elsas_that_lost_its_step_names_what_was_missing(string original)
    {
        var json = NotFound(original);

        var draft = await ImportAsync(json);

        Assert.Contains(_house.Get<DefinitionValidator>().Validate(draft.Json), problem => problem is { Code: ProblemCodes.UnknownActivity, NodeId: "lost" } && problem.Arguments[0] == "Acme.CheckCover");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json)!["root"], JsonNode.Parse(draft.Json)!["root"]), draft.Json);
    }

    private static string NotFound(string original) => Draw.Scenario("lost")
        .Raw(new JsonObject
        {
            ["id"] = "lost",
            ["type"] = "Elsa.NotFoundActivity",
            ["version"] = 1,
            ["missingTypeName"] = "Acme.CheckCover",
            ["missingTypeVersion"] = 2,
            ["originalActivityJson"] = original,
            ["metadata"] = new JsonObject { ["displayText"] = "Not Found: Acme.CheckCover" },
        }.ToJsonString())
        .Connect("start>lost").Json;

    private static string Chain(int length, string type, bool loops)
    {
        var steps = Enumerable.Range(0, length).Select(index => new { id = Id(index), type });
        var connections = Enumerable.Range(0, loops ? length : length - 1).Select(index => new { source = new { activity = Id(index), port = "Done" }, target = new { activity = Id((index + 1) % length), port = "In" } });
        return JsonSerializer.Serialize(new { definitionId = "chain", name = "Chain", root = new { id = "flow", type = "Elsa.Flowchart", start = Id(0), activities = steps, connections } });
    }

    private static string Id(int index) => "s" + index.ToString(CultureInfo.InvariantCulture);

    private Task<ScenarioVersion> ImportAsync(string json) => _house.InTenantAsync(services => services.GetRequiredService<ScenarioLibrary>().ImportAsync(json, "anna"));

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
