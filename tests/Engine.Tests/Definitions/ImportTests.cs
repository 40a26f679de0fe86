using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Definitions;

/// <summary>What comes from elsewhere is taken whole, and whoever brings it hears what of it cannot run.</summary>
public sealed class ImportTests : IAsyncDisposable
{
    private const string Foreign = """
        {"definitionId":"foreign","name":"Foreign","variables":[{"name":"Paid"}],
        "root":{"id":"r","type":"Elsa.Flowchart","activities":[
        {"id":"start","type":"Elsa.Event","customProperties":{"canStartWorkflow":true},"eventName":"Start"},
        {"id":"web","type":"Elsa.Http.SendHttpRequest","name":"Call the bank","url":{"typeName":"Uri","expression":{"type":"Liquid","value":"{{ Url }}"}}},
        {"id":"note","type":"Test.Note","colour":{"typeName":"String","expression":{"type":"Literal","value":"red"}},
         "text":{"typeName":"String","expression":{"type":"JavaScript","value":"getPaid()"},"memoryReference":{"id":"m"}}},
        {"id":"switch","type":"Elsa.FlowSwitch","cases":[{"label":"Big","condition":{"type":"CEL","value":"true"}},{"label":"Odd","condition":{"type":"Python","value":"1"}}]},
        {"id":"each","type":"Elsa.ForEach","items":{"typeName":"Object","expression":{"type":"Json","value":"[1]"}},"body":{"id":"inner","type":"Acme.Deep"}}],
        "connections":[{"source":"start","target":"web","sourcePort":"Done","targetPort":"In"},{"source":{"activity":"web"},"target":{"activity":"note","port":"In"}},
        {"source":{"activity":"note","port":"Done"},"target":{"activity":"switch","port":"In"}},{"source":{"activity":"switch","port":"Big"},"target":{"activity":"each","port":"In"}}]}}
        """;

    private readonly House _house = new();

    [Fact]
    public void The_report_names_every_step_that_cannot_run_here_or_in_Elsa_and_every_older_shape()
    {
        var report = _house.Get<ImportInspection>().Of(ScenarioReader.Read(Foreign));

        Assert.Equal((6, 4, 1), (report.Steps, report.Connections, report.Variables));
        Assert.Equal(
            [
                (ImportFindingKind.FlatConnection, "start", null, "Done"),
                (ImportFindingKind.MissingPort, "web", null, "Done"),
                (ImportFindingKind.BareValue, "start", "eventName", "Elsa.Event"),
                (ImportFindingKind.UnknownActivity, "web", null, "Elsa.Http.SendHttpRequest"),
                (ImportFindingKind.UnsupportedSyntax, "web", "url", "Liquid"),
                (ImportFindingKind.UnknownSetting, "note", "colour", "Test.Note"),
                (ImportFindingKind.UnsupportedSyntax, "note", "text", "JavaScript"),
                (ImportFindingKind.MemoryReference, "note", "text", "Test.Note"),
                (ImportFindingKind.OnlyHere, "switch", "cases", "CEL"),
                (ImportFindingKind.UnsupportedSyntax, "switch", "cases", "Python"),
                (ImportFindingKind.JsonSyntax, "each", "items", "Json"),
                (ImportFindingKind.UnknownActivity, "inner", null, "Acme.Deep"),
            ],
            report.Findings.Select(finding => (finding.Kind, finding.Step!.Id, finding.Setting, finding.What)));
    }

    [Theory]
    [InlineData("\"canStartWorkflow\":true", true)]
    [InlineData("\"canStartWorkflow\":false", false)]
    [InlineData("\"canStartWorkflow\":true,\"customProperties\":{\"canStartWorkflow\":false}", false)]
    public void A_trigger_of_an_older_file_starts_cases_as_it_did_in_Elsa(string said, bool starts)
    {
        var read = ScenarioReader.Read($$$"""{"definitionId":"old","name":"Old","root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"go","type":"Elsa.Event","eventName":"Go",{{{said}}}}],"connections":[]}}""");

        Assert.Equal(starts, Assert.Single(read.Root.Steps!).CanStartScenario);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"connections\":null")]
    public void Steps_that_nothing_leads_to_are_told_where_a_file_leaves_the_connections_out(string connections)
    {
        var problems = _house.Get<DefinitionValidator>().Validate($$$"""{"definitionId":"loose","name":"Loose","root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Test.Note"},{"id":"b","type":"Test.Note"}]{{{connections}}}}}""");

        Assert.Contains(problems, problem => problem.Code == ProblemCodes.SeveralStarts);
    }

    [Fact]
    public void However_deep_a_list_of_lists_a_file_names_it_is_a_list_of_anything()
    {
        var named = "Int32" + string.Concat(Enumerable.Repeat("[]", 1_000));

        Assert.Equal(typeof(object[]), TypeAliases.Find(named));
        Assert.Equal(typeof(int[]), TypeAliases.Find("Int32[]"));
    }

    [Theory]
    [InlineData("\"connections\":[\"a\"]")]
    [InlineData("\"connections\":[{\"to\":\"a\"}]")]
    [InlineData("\"variables\":[\"a\"]")]
    [InlineData("\"variables\":[{\"key\":\"a\"}]")]
    [InlineData("\"activities\":[\"a\"]")]
    public void What_an_unknown_activity_means_by_our_words_is_kept_as_it_is(string member)
    {
        var json = $$$"""{"id":"v","definitionId":"d","name":"d","root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"x","type":"My.Thing",{{{member}}}}],"connections":[]}}""";

        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(System.Text.Json.Nodes.JsonNode.Parse(json), System.Text.Json.Nodes.JsonNode.Parse(ScenarioWriter.Write(ScenarioReader.Read(json)))));
    }

    [Fact]
    public void A_setting_that_its_activity_does_not_have_is_told_however_it_is_written()
    {
        var report = _house.Get<ImportInspection>().Of(ScenarioReader.Read("""{"definitionId":"d","name":"d","root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"note","type":"Test.Note","runAsynchronously":false,"colour":"red"}],"connections":[]}}"""));

        Assert.Equal((ImportFindingKind.UnknownSetting, "colour"), Assert.Single(report.Findings.Select(finding => (finding.Kind, finding.Setting))));
    }

    [Theory]
    [InlineData("""{"id":"v","name":"Paid","typeName":"Boolean"},{"id":"v","name":"Paid","typeName":"String"}""")]
    [InlineData("""{"id":"v","name":"Paid"},{"id":"w","name":"Paid"}""")]
    public void Two_variables_that_nobody_could_tell_apart_keep_a_scenario_from_being_published(string variables)
    {
        var problems = _house.Get<DefinitionValidator>().Validate($$$"""{"definitionId":"d","name":"d","variables":[{{{variables}}}],"root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"note","type":"Test.Note"}],"connections":[]}}""");

        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.DuplicateVariable, Severity: ProblemSeverity.Error } && problem.Arguments is ["Paid"]);
    }

    [Fact]
    public void A_drawing_of_very_many_steps_is_looked_through_like_any_other()
    {
        const int Steps = 10_000;
        var activities = string.Join(",", Enumerable.Range(0, Steps).Select(number => $$"""{"id":"s{{number}}","type":"Test.Note"}"""));
        var connections = string.Join(",", Enumerable.Range(1, Steps - 1).Select(number => $$"""{"source":{"activity":"s{{number - 1}}","port":"Done"},"target":{"activity":"s{{number}}","port":"In"} }"""));
        var definition = ScenarioReader.Read($$"""{"definitionId":"long","name":"Long","root":{"id":"r","type":"Elsa.Flowchart","activities":[{{activities}}],"connections":[{{connections}}]} }""");

        Assert.Empty(_house.Get<ImportInspection>().Of(definition).Findings);
        Assert.Empty(_house.Get<DefinitionValidator>().Validate(definition));
        Assert.False(ScenarioComparison.Between(definition, definition).ChangesWhatHappens);
    }

    [Fact]
    public void A_definition_of_this_house_has_nothing_to_report()
    {
        var report = _house.Get<ImportInspection>().Of(ScenarioReader.Read(Draw.Scenario("ours").Step("note", "Test.Note").Connect("start>note").Json));

        Assert.Equal((2, 1, 0), (report.Steps, report.Connections, report.Variables));
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void A_step_that_is_not_installed_and_a_foreign_syntax_keep_a_scenario_from_being_published_by_name()
    {
        var problems = _house.Get<DefinitionValidator>().Validate(Foreign);

        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.UnknownActivity, NodeId: "web", Severity: ProblemSeverity.Error } && problem.Arguments[0] == "Elsa.Http.SendHttpRequest");
        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.UnknownActivity, NodeId: "inner", Severity: ProblemSeverity.Error });
        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.UnsupportedSyntax, NodeId: "note", InputName: "text", Severity: ProblemSeverity.Error } && problem.Arguments.SequenceEqual(["Text", "JavaScript"]));
        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.UnsupportedSyntax, NodeId: "switch", InputName: "cases.Odd" } && problem.Arguments.SequenceEqual(["Odd", "Python"]));
    }

    [Fact]
    public async Task An_import_is_a_version_of_its_own_and_writes_over_no_draft()
    {
        var drawn = await ImportAsync(Foreign);
        var again = await ImportAsync(Foreign.Replace("Call the bank", "Call them", StringComparison.Ordinal));

        var versions = await VersionsAsync("foreign");
        Assert.Equal([(2, true), (1, false)], versions.Select(version => (version.Version, version.IsLatest)));
        Assert.Equal((again.Id, drawn.Id), (versions[0].Id, versions[1].Id));
        Assert.Contains("Call the bank", versions[1].Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_version_comes_back_as_a_draft_and_nothing_is_lost()
    {
        var first = await _house.PublishAsync(Draw.Scenario("dunning").Step("note", "Test.Note", ("text", "Literal", "first")).Connect("start>note").Json);
        var second = await ImportAsync(Draw.Scenario("dunning").Step("other", "Test.Note").Connect("start>other").Json);

        var back = await InLibraryAsync(library => library.RevertAsync("dunning", 1, second.Revision, "bob"));

        Assert.Equal((3, true, false, "bob"), (back.Version, back.IsLatest, back.IsPublished, back.ChangedBy));
        Assert.Empty(ScenarioComparison.Between(ScenarioReader.Read(first.Json), ScenarioReader.Read(back.Json)).Changes);
        Assert.Equal([(3, false), (2, false), (1, true)], (await VersionsAsync("dunning")).Select(version => (version.Version, version.IsPublished)));
    }

    [Fact]
    public async Task Whoever_brings_back_or_takes_out_of_service_what_another_changed_meanwhile_is_refused()
    {
        var published = await _house.PublishAsync(Draw.Scenario("dunning").Step("note", "Test.Note").Connect("start>note").Json);

        await Assert.ThrowsAsync<RevisionConflictException>(() => InLibraryAsync(library => library.RevertAsync("dunning", 1, published.Revision - 1, "bob")));
        await Assert.ThrowsAsync<RevisionConflictException>(() => InLibraryAsync(library => library.RetractAsync("dunning", published.Revision - 1)));
        await Assert.ThrowsAsync<ScenarioNotFoundException>(() => InLibraryAsync(library => library.RevertAsync("dunning", 9, published.Revision, "bob")));
        Assert.True(Assert.Single(await VersionsAsync("dunning")).IsPublished);
    }

    [Fact]
    public async Task Whoever_looked_at_a_version_never_holds_the_revision_of_a_later_one()
    {
        var seen = await _house.PublishAsync(Draw.Scenario("dunning").Step("note", "Test.Note").Connect("start>note").Json);
        var drawing = Draw.Scenario("dunning").Step("other", "Test.Note").Connect("start>other").Json;
        var draft = await InLibraryAsync(library => library.SaveDraftAsync(drawing, seen.Revision, "bob"));
        for (var gesture = 0; gesture < 3; gesture++)
        {
            await Assert.ThrowsAsync<RevisionConflictException>(() => InLibraryAsync(library => library.SaveDraftAsync(drawing, seen.Revision, "anna")));
            await Assert.ThrowsAsync<RevisionConflictException>(() => InLibraryAsync(library => library.PublishAsync("dunning", seen.Revision, null, "anna")));
            draft = await InLibraryAsync(library => library.SaveDraftAsync(drawing, draft.Revision, "bob"));
        }

        Assert.Equal((2, false), (draft.Version, draft.IsPublished));
    }

    [Fact]
    public async Task Two_variables_of_one_name_are_kept_and_keep_the_scenario_from_being_published()
    {
        var drawn = Draw.Scenario("scoped").Variable("x", "Int32", 1).Raw("""{"id":"inner","type":"Elsa.Flowchart","variables":[{"id":"other","name":"x","typeName":"Int32"}],"activities":[],"connections":[]}""").Connect("start>inner").Json;

        var draft = await ImportAsync(drawn);
        var refused = await Assert.ThrowsAsync<ScenarioProblemsException>(() => InLibraryAsync(library => library.PublishAsync("scoped", draft.Revision, null, "anna")));

        Assert.Contains(refused.Problems, problem => problem.Code == ProblemCodes.DuplicateVariable && problem.Arguments[0] == "x");
    }

    [Fact]
    public async Task A_definition_whose_steps_share_an_id_is_refused_for_nobody_could_draw_it()
    {
        var twice = Draw.Scenario("twice").Step("a", "Test.Note").Raw("""{"id":"each","type":"Elsa.ForEach","body":{"id":"a","type":"Test.Note"}}""").Connect("start>a").Json;

        var refused = await Assert.ThrowsAsync<ScenarioProblemsException>(() => ImportAsync(twice));

        Assert.Equal((ProblemCodes.DuplicateStep, "a"), (Assert.Single(refused.Problems).Code, refused.Problems[0].NodeId));
        Assert.Empty(await VersionsAsync("twice"));
    }

    private Task<ScenarioVersion> ImportAsync(string json) => InLibraryAsync(library => library.ImportAsync(json, "anna"));

    private Task<IReadOnlyList<ScenarioVersion>> VersionsAsync(string id) => InLibraryAsync(library => library.VersionsAsync(id).AsTask());

    private Task<T> InLibraryAsync<T>(Func<ScenarioLibrary, Task<T>> act) => _house.InTenantAsync(services => act(services.GetRequiredService<ScenarioLibrary>()));

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
