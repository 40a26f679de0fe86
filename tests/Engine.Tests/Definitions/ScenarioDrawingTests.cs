using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using FsCheck;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Engine.Tests.Definitions;

/// <summary>What a drawing hand does to a scenario.</summary>
public sealed class ScenarioDrawingTests
{
    private static readonly ActivityRegistry Activities = new();
    private readonly ScenarioDefinition _empty = ScenarioDrawing.Empty("drawn", "Drawn");

    [Fact]
    public void A_step_stands_where_it_was_dropped_and_a_first_trigger_starts_cases()
    {
        var (one, first) = ScenarioDrawing.Add(_empty, Describe<Event>(), new CanvasPosition(8, 16));
        var (two, second) = ScenarioDrawing.Add(one, Describe<Event>(), null);

        Assert.Equal(new CanvasPosition(8, 16), Step(two, first).Position);
        Assert.Null(Step(two, second).Position);
        Assert.True(Step(two, first).CanStartScenario);
        Assert.False(Step(two, second).CanStartScenario);
    }

    [Fact]
    public void A_connection_is_drawn_once_and_only_between_steps_that_are_there()
    {
        var (drawn, from, to) = TwoSteps();
        var connected = ScenarioDrawing.Connect(ScenarioDrawing.Connect(drawn, from, "Done", to), from, "Done", to);

        Assert.Single(ScenarioDrawing.Connections(connected));
        Assert.Equal(2, ScenarioDrawing.Connections(ScenarioDrawing.Connect(connected, to, "Done", to)).Count);
        Assert.Same(connected, ScenarioDrawing.Connect(connected, from, "Done", "nowhere"));
        Assert.Empty(ScenarioDrawing.Connections(ScenarioDrawing.Disconnect(connected, from, "Done", to)));
    }

    [Fact]
    public void A_deleted_step_takes_its_connections_with_it()
    {
        var (drawn, from, to) = TwoSteps();
        var left = ScenarioDrawing.Remove(ScenarioDrawing.Connect(drawn, from, "Done", to), [to]);

        Assert.Equal([from], ScenarioDrawing.Steps(left).Select(step => step.Id));
        Assert.Empty(ScenarioDrawing.Connections(left));
    }

    [Fact]
    public void What_other_tools_noted_about_a_step_survives_drawing()
    {
        var foreign = ScenarioReader.Read("""
            {"definitionId":"x","name":"X","root":{"id":"f","type":"Elsa.Flowchart","activities":[
            {"id":"a","type":"Acme.Step","metadata":{"designer":{"position":{"x":1,"y":2},"size":{"width":9,"height":9}},"note":"keep"},"custom":[1]}],"connections":[]}}
            """);
        var drawn = ScenarioDrawing.Rename(ScenarioDrawing.Move(foreign, new Dictionary<string, CanvasPosition> { ["a"] = new(5, 6) }), "a", "Called so");

        var step = Step(drawn, "a");
        Assert.Equal((new CanvasPosition(5, 6), "Called so"), (step.Position!, step.Title));
        Assert.Equal("keep", step.Metadata!["note"]!.GetValue<string>());
        Assert.Equal(9, step.Metadata["designer"]!["size"]!["width"]!.GetValue<int>());
        Assert.Equal("[1]", step.Properties["custom"]!.ToJsonString());
        Assert.Null(Step(ScenarioDrawing.Rename(drawn, "a", " "), "a").Title);
    }

    [Fact]
    public void Pasted_steps_get_ids_of_their_own_and_keep_the_connections_among_them()
    {
        var (drawn, from, to) = TwoSteps();
        drawn = ScenarioDrawing.Connect(ScenarioDrawing.Connect(drawn, from, "Done", to), to, "Done", from);
        var copied = ScenarioDrawing.Steps(drawn);
        var (pasted, ids) = ScenarioDrawing.Paste(drawn, copied, [.. ScenarioDrawing.Connections(drawn), new ConnectionDefinition { Source = from, Target = "elsewhere" }], new CanvasPosition(100, 200));

        Assert.Equal(4, ScenarioDrawing.Steps(pasted).Select(step => step.Id).Distinct().Count());
        Assert.Equal(4, ScenarioDrawing.Connections(pasted).Count);
        Assert.Equal(new CanvasPosition(100, 200), Step(pasted, ids[0]).Position);
        Assert.Equal(Input(Step(drawn, from)), Input(Step(pasted, ids[0])));
    }

    [Fact]
    public void Whatever_was_drawn_can_be_written_and_read_again()
    {
        Prop.ForAll(Gen.Choose(0, 5).ArrayOf(30).ToArbitrary(), moves =>
        {
            var drawn = _empty;
            for (var at = 0; at < moves.Length; at++)
            {
                drawn = Scribble(drawn, moves[at], at);
                var steps = ScenarioDrawing.Steps(drawn).Select(step => step.Id).ToHashSet();
                Assert.Equal(steps.Count, ScenarioDrawing.Steps(drawn).Count);
                Assert.All(ScenarioDrawing.Connections(drawn), way => Assert.True(steps.Contains(way.Source) && steps.Contains(way.Target)));
            }

            var written = ScenarioWriter.Write(drawn);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(ScenarioWriter.Write(ScenarioReader.Read(written)))));
        }).QuickCheckThrowOnFailure();
    }

    // One random thing done to a drawing; what it is done to follows from where we are.
    private static ScenarioDefinition Scribble(ScenarioDefinition drawn, int kind, int at)
    {
        var steps = ScenarioDrawing.Steps(drawn);
        if (kind == 0 || steps.Count == 0)
        {
            return ScenarioDrawing.Add(drawn, Describe<Delay>(), at % 2 == 0 ? new CanvasPosition(at, at) : null).Definition;
        }

        var (one, other) = (steps[at % steps.Count].Id, steps[(at * 7) % steps.Count].Id);
        return kind switch
        {
            1 => ScenarioDrawing.Connect(drawn, one, "Done", other),
            2 => ScenarioDrawing.Disconnect(drawn, one, "Done", other),
            3 => ScenarioDrawing.Move(drawn, new Dictionary<string, CanvasPosition> { [one] = new(at * 8, at * 4) }),
            4 => ScenarioDrawing.Paste(drawn, [steps[at % steps.Count]], ScenarioDrawing.Connections(drawn), new CanvasPosition(0, at)).Definition,
            _ => ScenarioDrawing.Remove(drawn, [one]),
        };
    }

    [Fact]
    public void A_copy_of_a_step_that_holds_others_holds_copies_of_them()
    {
        var drawn = ScenarioReader.Read(Draw.Scenario("copied")
            .Raw("""{"id":"loop","type":"Elsa.ForEach","body":{"id":"inner","type":"Elsa.Flowchart","start":"a","activities":[{"id":"a","type":"Test.Note","nodeId":"x:a"},{"id":"b","type":"Test.Note","mark":1}],"connections":[{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"}}]}}""")
            .Json);

        var (pasted, ids) = ScenarioDrawing.Paste(drawn, [Step(drawn, "loop")], [], new CanvasPosition(0, 0));
        var inner = Step(ScenarioReader.Read(ScenarioWriter.Write(pasted)), Assert.Single(ids)).Embedded("body")!;

        Assert.Distinct(pasted.AllSteps().Select(step => step.Id));
        Assert.Equal([inner.Start!, Assert.Single(inner.Connections!).Source], [inner.Steps![0].Id, inner.Steps[0].Id]);
        Assert.Equal((inner.Steps[1].Id, "1"), (Assert.Single(inner.Connections!).Target, inner.Steps[1].Properties["mark"]!.ToJsonString()));
    }

    private (ScenarioDefinition Drawn, string From, string To) TwoSteps()
    {
        var (one, from) = ScenarioDrawing.Add(_empty, Describe<Delay>(), new CanvasPosition(0, 0));
        var (two, to) = ScenarioDrawing.Add(one, Describe<Delay>(), new CanvasPosition(0, 160));
        var duration = Describe<Delay>().Inputs[0];
        return (ScenarioDrawing.SetInput(two, from, duration, Expression.LiteralExpression("P3D")), from, to);
    }

    private static ActivityDescriptor Describe<T>() where T : Activity => Activities.All().Single(activity => activity.Name == typeof(T).Name);

    private static StepDefinition Step(ScenarioDefinition definition, string id) => ScenarioDrawing.Steps(definition).Single(step => step.Id == id);

    private static object? Input(StepDefinition step) => step.Input(Describe<Delay>().Inputs[0].Name)?.Expression.Value?.ToString();
}
