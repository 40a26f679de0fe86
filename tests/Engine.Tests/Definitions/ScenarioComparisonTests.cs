using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Definitions;
using FsCheck;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Engine.Tests.Definitions;

/// <summary>What a version changes against another, as whoever publishes it must know.</summary>
public sealed class ScenarioComparisonTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(20260302, 7);
    private static readonly ScenarioDefinition Dunning = ScenarioReader.Read(Draw.Scenario("dunning")
        .Step("ask", "Test.Ask", ("question", "Literal", "Paid?"), ("timeLimit", "Literal", "P7D"))
        .Step("note", "Test.Note")
        .Raw("""{"id":"each","type":"Elsa.ForEach","body":{"id":"inner","type":"Test.Note","text":{"typeName":"String","expression":{"type":"Literal","value":"a"}}}}""")
        .Variable("paid", "Boolean", false)
        .Connect("start>ask", "ask.Answered>note", "note>each").Json);

    [Fact]
    public void A_drawing_compared_with_itself_changes_nothing()
    {
        var changes = ScenarioComparison.Between(Dunning, Dunning);

        Assert.False(changes.ChangesWhatHappens);
        Assert.Empty(changes.Moved);
    }

    [Fact]
    public void A_longer_time_limit_is_one_change_that_names_step_setting_old_and_new()
    {
        var change = Assert.IsType<SettingChanged>(Only(With("ask", step => step["timeLimit"]!["expression"]!["value"] = "P10D")));

        Assert.Equal(("ask", "timeLimit"), (change.Step.Id, change.Name));
        Assert.Equal(("P7D", "P10D"), (InputDefinition.Read(change.Before)!.Expression.Value, InputDefinition.Read(change.After)!.Expression.Value));
    }

    [Fact]
    public void A_step_inside_a_loop_is_compared_as_any_other()
    {
        var change = Assert.IsType<SettingChanged>(Only(With("inner", step => step["text"]!["expression"]!["value"] = "b")));

        Assert.Equal(("inner", "text"), (change.Step.Id, change.Name));
    }

    [Fact]
    public void A_new_step_between_two_others_is_told_with_its_connections()
    {
        var added = ScenarioReader.Read(Draw.Scenario("dunning").Step("a", "Test.Note").Step("between", "Test.Note").Step("b", "Test.Note").Connect("start>a", "a>between", "between>b").Json);
        var before = ScenarioReader.Read(Draw.Scenario("dunning").Step("a", "Test.Note").Step("b", "Test.Note").Connect("start>a", "a>b").Json);

        var there = ScenarioComparison.Between(before, added).Changes;
        var back = ScenarioComparison.Between(added, before).Changes;

        Assert.Equal(("between", "flow"), Assert.Single(there.OfType<StepAdded>().Select(change => (change.Step.Id, change.Container.Id))));
        Assert.Equal([("a", "between"), ("between", "b")], there.OfType<ConnectionAdded>().Select(change => (change.Connection.Source, change.Connection.Target)));
        Assert.Equal([("a", "b")], there.OfType<ConnectionRemoved>().Select(change => (change.Connection.Source, change.Connection.Target)));
        Assert.Equal("between", Assert.Single(back.OfType<StepRemoved>()).Step.Id);
        Assert.Equal(4, back.Count);
    }

    [Fact]
    public void A_step_that_only_stands_elsewhere_is_told_apart_from_what_happens()
    {
        var moved = ScenarioDrawing.Move(Dunning, new Dictionary<string, CanvasPosition> { ["ask"] = new(40, 80) });

        var changes = ScenarioComparison.Between(Dunning, moved);

        Assert.False(changes.ChangesWhatHappens);
        Assert.Equal(["ask"], changes.Moved.Select(step => step.Id));
    }

    [Fact]
    public void A_title_an_activity_and_where_cases_start_are_changes()
    {
        var renamed = Assert.IsType<StepRenamed>(Only(ScenarioDrawing.Rename(Dunning, "ask", "Ask kindly")));
        var retyped = Assert.IsType<StepRetyped>(Only(With("note", step => step["type"] = "Test.Failing")));
        var starts = Assert.IsType<SettingChanged>(Only(With("start", step => step["customProperties"]!["canStartWorkflow"] = false)));

        Assert.Equal((null, "Ask kindly"), (renamed.Before, renamed.After));
        Assert.Equal(("Test.Note", "Test.Failing"), (retyped.Before.Type, retyped.Step.Type));
        Assert.Equal("customProperties.canStartWorkflow", starts.Name);
    }

    [Fact]
    public void Steps_of_a_sequence_done_in_another_order_are_a_change()
    {
        var before = ScenarioReader.Read("""{"root":{"id":"r","type":"Elsa.Sequence","activities":[{"id":"ask","type":"Test.Note"},{"id":"pay","type":"Test.Note"}]}}""");
        var after = ScenarioReader.Read("""{"root":{"id":"r","type":"Elsa.Sequence","activities":[{"id":"pay","type":"Test.Note"},{"id":"ask","type":"Test.Note"}]}}""");

        var change = Assert.IsType<SettingChanged>(Assert.Single(ScenarioComparison.Between(before, after).Changes));

        Assert.Equal(("r", "activities", """["ask","pay"]""", """["pay","ask"]"""), (change.Step.Id, change.Name, change.Before!.ToJsonString(), change.After!.ToJsonString()));
    }

    [Fact]
    public void A_step_put_into_a_loop_keeps_its_identity()
    {
        var flat = ScenarioReader.Read("""{"root":{"id":"r","type":"Elsa.Sequence","activities":[{"id":"loop","type":"Elsa.ForEach"},{"id":"a","type":"Test.Note"}]}}""");
        var inside = ScenarioReader.Read("""{"root":{"id":"other","type":"Elsa.Sequence","activities":[{"id":"loop","type":"Elsa.ForEach","body":{"id":"a","type":"Test.Note"}}]}}""");

        var put = Assert.IsType<StepPutInto>(Assert.Single(ScenarioComparison.Between(flat, inside).Changes));

        Assert.Equal(("a", "r", "loop"), (put.Step.Id, put.Before.Id, put.After.Id));
    }

    [Fact]
    public void Variables_inputs_options_and_the_name_are_part_of_what_a_version_is()
    {
        var before = ScenarioReader.Read("""{"name":"A","variables":[{"id":"v","name":"Paid","typeName":"Boolean"},{"id":"w","name":"Gone"}],"inputs":[{"name":"Invoice","type":"String"}],"outcomes":["Won"],"options":{"usableAsActivity":false},"createdAt":"2026","root":{"id":"r","type":"Elsa.Sequence"}}""");
        var after = ScenarioReader.Read("""{"name":"B","variables":[{"id":"v","name":"Paid","typeName":"Decimal"},{"id":"n","name":"New"}],"inputs":[{"name":"Invoice","type":"Object"},{"name":"Customer","type":"String"}],"outcomes":["Lost"],"options":{"usableAsActivity":true},"createdAt":"2027","root":{"id":"r","type":"Elsa.Sequence"}}""");

        var changes = ScenarioComparison.Between(before, after).Changes;

        Assert.Equal([("Boolean", "Decimal"), (null, "Object"), ("Object", null)], changes.OfType<VariableChanged>().Select(change => (change.Before?.TypeName, change.After?.TypeName)));
        Assert.Equal(
            ["name", "inputs.Invoice", "inputs.Customer", "outcomes.Lost", "options.usableAsActivity", "outcomes.Won"],
            changes.OfType<ScenarioMemberChanged>().Select(change => change.Name));
    }

    [Fact]
    public void The_same_value_in_an_older_shape_is_the_same_value()
    {
        var bare = ScenarioReader.Read("""{"root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Test.Note","text":"x","list":{"typeName":"String[]","expression":{"type":"Json","value":"[1]"}}},{"id":"b","type":"Test.Note"}],"connections":[{"source":"a","target":"b"}]}}""");
        var wrapped = ScenarioReader.Read("""{"root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Test.Note","text":{"typeName":"String","expression":{"type":"Literal","value":"x"},"memoryReference":{"id":"m"}},"list":{"typeName":"String[]","expression":{"type":"Object","value":"[1]"}}},{"id":"b","type":"Test.Note"}],"connections":[{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"}}]}}""");

        Assert.Empty(ScenarioComparison.Between(bare, wrapped).Changes);
    }

    [Fact]
    public void What_one_way_adds_the_other_way_takes_away() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var (one, other) = (ScenarioReader.Read(new RandomDefinition(new Random(seed)).Json()), ScenarioReader.Read(new RandomDefinition(new Random(seed + 1)).Json()));
            var (there, back) = (ScenarioComparison.Between(one, other).Changes, ScenarioComparison.Between(other, one).Changes);

            Assert.Equal(there.OfType<StepAdded>().Select(change => change.Step.Id).Order(), back.OfType<StepRemoved>().Select(change => change.Step.Id).Order());
            Assert.Equal(there.OfType<ConnectionAdded>().Count(), back.OfType<ConnectionRemoved>().Count());
            Assert.Equal(Settings(there), Settings(back));
            Assert.Equal(there.Count, back.Count);
            Assert.Empty(ScenarioComparison.Between(one, ScenarioReader.Read(ScenarioWriter.Write(one))).Changes);
        }).Check(Seeded.WithMaxTest(200));

    private static string[] Settings(IReadOnlyList<ScenarioChange> changes) => [.. changes.OfType<SettingChanged>().Select(change => $"{change.Step.Id}.{change.Name}").Order()];

    private static ScenarioChange Only(ScenarioDefinition after) => Assert.Single(ScenarioComparison.Between(Dunning, after).Changes);

    /// <summary>The drawing with one step written otherwise.</summary>
    private static ScenarioDefinition With(string id, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(ScenarioWriter.Write(Dunning))!;
        var steps = json["root"]!["activities"]!.AsArray();
        change(steps.Append(steps[^1]!["body"]).OfType<JsonObject>().Single(step => step["id"]!.GetValue<string>() == id));
        return ScenarioReader.Read(json.ToJsonString());
    }
}
