using System.Globalization;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Scenarios.Drawing;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Tests.Drawing;

/// <summary>Gestures on the canvas, and what they make of a scenario.</summary>
public sealed class HandTests
{
    private readonly ServiceProvider services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddWorkflowEngine(activities => activities.AddFrom(typeof(ReadyMadeScenarios).Assembly))
        .AddSingleton<IActivityWords, ActivityWords>()
        .AddSingleton<IStringLocalizer<Phrases>, PhraseLocalizer>()
        .AddSingleton<StepSentence>()
        .AddSingleton<ScenarioCanvasModel>()
        .AddSingleton<Hand>()
        .AddSingleton<PaletteEntries>()
        .BuildServiceProvider();

    private readonly ScenarioDefinition empty = ScenarioDrawing.Empty("drawn", "Drawn");

    private Hand Hand => services.GetRequiredService<Hand>();

    [Fact]
    public void A_step_dropped_on_a_connection_stands_between_its_two_ends()
    {
        var (drawn, request, wait) = RequestThenWait();
        var after = Hand.Do(drawn, [new AddStep("CentralPay.SendReminder", 0, 80, CanvasEdge.IdOf(request, "Created", wait))])!;

        var reminder = after.Selected!;
        Assert.Equal(
            [(request, "Created", reminder), (reminder, "Planned", wait)],
            ScenarioDrawing.Connections(after.Definition).Select(way => (way.Source, way.SourcePort, way.Target)));
        Assert.Equal("Add Send reminder", after.Name);
    }

    [Fact]
    public void A_step_dropped_between_two_cards_gets_room_and_nothing_above_moves()
    {
        var first = Hand.Do(empty, [new AddStep("CentralPay.CreatePaymentRequest", 0, 200, null)])!;
        var second = Hand.Do(first.Definition, [new AddStep("CentralPay.WaitForPayment", 40, 400, null)])!;
        var beside = Hand.Do(second.Definition, [new AddStep("CentralPay.CreateTask", 300, 200, null)])!;
        var joined = Hand.Do(beside.Definition, [new ConnectSteps(first.Selected!, "Created", second.Selected!)])!;

        var after = Hand.Do(joined.Definition, [new AddStep("CentralPay.SendReminder", 20, 330, CanvasEdge.IdOf(first.Selected!, "Created", second.Selected!))])!;

        double Top(string id) => ScenarioDrawing.Steps(after.Definition).Single(step => step.Id == id).Position!.Y;
        Assert.Equal((200, 400, 600, 200), (Top(first.Selected!), Top(after.Selected!), Top(second.Selected!), Top(beside.Selected!)));
    }

    [Fact]
    public void Problems_name_outcomes_and_settings_in_the_readers_language()
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        try
        {
            var drawn = Hand.Do(empty, [new AddStep("CentralPay.WaitForEvent", 0, 0, null)])!;
            var model = services.GetRequiredService<ScenarioCanvasModel>();
            string Worded(string code, string argument) => model.Worded(new DefinitionProblem(ProblemSeverity.Error, code, drawn.Selected, null, [argument]), drawn.Definition).Arguments[0];

            Assert.Equal("Arrivé", Worded(ProblemCodes.UnhandledOutcome, "Happened"));
            Assert.Equal("Événement", Worded("Input.Required", "Event"));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void The_keyboard_adds_a_step_by_the_first_outcome_that_leads_nowhere_yet()
    {
        var (drawn, _, wait) = RequestThenWait();
        var paid = Hand.AddAfter(drawn, "CentralPay.PostToErp", wait);
        var part = Hand.AddAfter(paid.Definition, "CentralPay.CreateTask", wait);

        Assert.Equal(["Paid", "Partly paid"], ScenarioDrawing.Connections(part.Definition).Where(way => way.Source == wait).Select(way => way.SourcePort));
    }

    [Fact]
    public void A_trigger_is_never_put_behind_a_step()
    {
        var (drawn, request, wait) = RequestThenWait();
        var added = Hand.AddAfter(drawn, "CentralPay.InvoiceImported", request);
        var dropped = Hand.Do(drawn, [new AddStep("CentralPay.InvoiceImported", 0, 0, CanvasEdge.IdOf(request, "Created", wait))])!;

        Assert.Single(ScenarioDrawing.Connections(added.Definition));
        Assert.Equal([(request, wait)], ScenarioDrawing.Connections(dropped.Definition).Select(way => (way.Source, way.Target)));
    }

    [Fact]
    public void Several_commands_of_one_gesture_are_one_thing_done()
    {
        var (drawn, request, wait) = RequestThenWait();
        var moved = Hand.Do(drawn, [new DisconnectSteps(CanvasEdge.IdOf(request, "Created", wait)), new ConnectSteps(request, "Refused", wait)])!;

        Assert.Equal(["Refused"], ScenarioDrawing.Connections(moved.Definition).Select(way => way.SourcePort));
        Assert.StartsWith("Disconnect", moved.Name, StringComparison.Ordinal);
        Assert.Null(Hand.Do(drawn, [new ConnectSteps(request, "Created", wait)]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"nodes":[{"id":"a"}],"edges":[]}""")]
    [InlineData("""{"root":{"id":"f","type":"Elsa.Flowchart","activities":[]}}""")]
    public void A_clipboard_without_steps_is_refused_in_words(string text) =>
        Assert.Throws<UnreadableStepsException>(() => Hand.Do(empty, [new PasteSteps(text, 0, 0)]));

    [Fact]
    public void Copied_steps_come_back_with_their_settings_under_other_ids()
    {
        var ready = ScenarioReader.Read(ReadyMadeScenarios.Json(ReadyMadeScenarios.SoftDunningId));
        var clip = ClippedSteps.Write(ready, ["first", "wait-first"], services.GetRequiredService<ActivityRegistry>());
        var pasted = Hand.Do(empty, [new PasteSteps(clip, 40, 80)])!;

        var steps = ScenarioDrawing.Steps(pasted.Definition);
        Assert.Equal(["CentralPay.SendReminder", "CentralPay.WaitForPayment"], steps.Select(step => step.Type));
        Assert.Equal("reminder.first", steps[0].Input("template")!.Expression.Value?.ToString());
        Assert.Equal(2, ScenarioDrawing.Connections(pasted.Definition).Count);
        Assert.DoesNotContain(steps, step => step.Id is "first" or "wait-first");
    }

    [Fact]
    public void A_switch_shows_a_port_for_each_of_its_cases_before_anything_is_connected()
    {
        var (drawn, id) = ScenarioDrawing.Add(empty, Known("Elsa.FlowSwitch"), null);
        drawn = ScenarioDrawing.SetProperty(drawn, id, "cases", System.Text.Json.Nodes.JsonNode.Parse("""[{"label":"Large","condition":{"type":"CEL","value":"true"}}]"""));

        var node = services.GetRequiredService<ScenarioCanvasModel>().Of(drawn, 1).Nodes.Single();
        Assert.Equal(["Large", "Default"], node.Ports.Select(port => port.Id));
    }

    [Theory]
    [InlineData("en", "chase", "CentralPay.SendReminder")]
    [InlineData("fr", "relance", "CentralPay.SendReminder")]
    [InlineData("fr", "delai", "CentralPay.WaitForPayment")]
    public void The_palette_knows_steps_by_the_words_of_the_trade(string language, string word, string type)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            Assert.Contains(services.GetRequiredService<PaletteEntries>().Find(word), entry => entry.Type == type);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private (ScenarioDefinition Drawn, string Request, string Wait) RequestThenWait()
    {
        var (one, request) = ScenarioDrawing.Add(empty, Known("CentralPay.CreatePaymentRequest"), new CanvasPosition(0, 0));
        var (two, wait) = ScenarioDrawing.Add(one, Known("CentralPay.WaitForPayment"), new CanvasPosition(0, 160));
        return (ScenarioDrawing.Connect(two, request, "Created", wait), request, wait);
    }

    private ActivityDescriptor Known(string type) => services.GetRequiredService<ActivityRegistry>().Find(type)!;
}
