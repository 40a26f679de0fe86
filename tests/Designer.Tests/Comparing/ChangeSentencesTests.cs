using System.Globalization;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Scenarios.Comparing;
using CentralPay.Workflows.Designer.Scenarios.Importing;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Tests.Comparing;

/// <summary>What a finance manager reads before publishing, and after importing.</summary>
public sealed class ChangeSentencesTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;
    private readonly ScenarioDefinition dunning = ScenarioReader.Read(ReadyMadeScenarios.Json(ReadyMadeScenarios.SoftDunningId));
    private readonly ServiceProvider services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddWorkflowEngine(activities => activities.AddFrom(typeof(ReadyMadeScenarios).Assembly))
        .AddSingleton<IActivityWords, ActivityWords>()
        .AddSingleton<IStringLocalizer<Phrases>, PhraseLocalizer>()
        .AddSingleton<StepSentence>()
        .AddSingleton<ScenarioCanvasModel>()
        .AddSingleton<SettingWords>()
        .AddSingleton<ChangeSentences>()
        .AddSingleton<ImportWords>()
        .BuildServiceProvider();

    public ChangeSentencesTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    [Theory]
    [InlineData("en", "Wait for payment (1 of 3): time limit 7 days → 10 days")]
    [InlineData("fr", "Attendre le paiement (1 sur 3)\u00A0: délai 7 jours → 10 jours")]
    public void A_longer_time_limit_is_said_with_the_labels_of_the_form(string language, string sentence)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        Assert.Equal([sentence], Sentences(dunning, Filled("wait-first", "timeLimit", "P10D")));
    }

    [Fact]
    public void A_setting_that_was_left_alone_is_said_with_its_usual_value() =>
        Assert.Equal(["Wait for payment (2 of 3): counted from the step begins (usual value) → the due date"], Sentences(dunning, Filled("wait-second", "countedFrom", "due-date")));

    [Fact]
    public void A_step_put_between_two_others_is_one_sentence()
    {
        var (drawn, task) = ScenarioDrawing.Add(ScenarioDrawing.Disconnect(dunning, "wait-first", "Time limit", "second"), Known("CentralPay.AlertColleague"), null);
        drawn = ScenarioDrawing.Connect(ScenarioDrawing.Connect(drawn, "wait-first", "Time limit", task), task, "Done", "second");

        Assert.Equal(["Step added: Alert a colleague, after “Time limit” of Wait for payment (1 of 3)"], Sentences(dunning, drawn));
    }

    [Fact]
    public void A_way_that_leads_elsewhere_and_a_step_that_is_gone_are_a_sentence_each()
    {
        var elsewhere = ScenarioDrawing.Connect(ScenarioDrawing.Disconnect(dunning, "wait-first", "Time limit", "second"), "wait-first", "Time limit", "call");

        Assert.Equal(["After “Time limit” of Wait for payment (1 of 3) comes Create task (2 of 3) instead of Send reminder (2 of 3)"], Sentences(dunning, elsewhere));
        Assert.Equal(["Step removed: Finish"], Sentences(dunning, ScenarioDrawing.Remove(dunning, ["finish"])));
    }

    [Fact]
    public void A_moved_step_is_one_quiet_line_and_no_change()
    {
        var told = Told(dunning, ScenarioDrawing.Move(dunning, new Dictionary<string, CanvasPosition> { ["finish"] = new(1, 2) }));

        Assert.Empty(told.Lines);
        Assert.Equal("1 step was moved on the canvas; that changes nothing for cases.", told.Layout);
    }

    [Fact]
    public void A_formula_is_said_as_it_is_written()
    {
        var (drawn, decision) = ScenarioDrawing.Add(dunning, Known("Elsa.FlowDecision"), null);
        var condition = Known("Elsa.FlowDecision").Inputs.Single(input => input.Name == "condition");
        var (one, other) = (
            ScenarioDrawing.SetInput(drawn, decision, condition, new Expression("CEL", "amount > 100")),
            ScenarioDrawing.SetInput(drawn, decision, condition, new Expression("CEL", "amount > 200")));

        Assert.Equal(["Decision: condition amount > 100 → amount > 200"], Sentences(one, other));
    }

    [Theory]
    [InlineData("en", "Steps in a row: the steps inside are done in another order: Call the customer, Pause, Write a note")]
    [InlineData("fr", "Steps in a row\u00A0: les étapes qu’elle contient se font dans un autre ordre\u00A0: Call the customer, Pause, Write a note")]
    public void A_sequence_in_another_order_names_its_steps(string language, string sentence)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        Assert.Equal([sentence], Sentences(InARow("pauseS", "noteA", "setN"), InARow("setN", "pauseS", "noteA")));
    }

    [Fact]
    public void Steps_of_a_sequence_without_a_title_are_called_by_their_kind() =>
        Assert.Equal(["Steps in a row: the steps inside are done in another order: Delay, Finish"], Sentences(Untitled("b", "a"), Untitled("a", "b")));

    [Fact]
    public void A_value_that_is_renamed_and_begins_with_something_else_is_told_both() =>
        Assert.Equal(
            ["The value tries is now called attempts", "The value attempts begins with something else: 1 → 3"],
            Sentences(Remembering("tries", 1), Remembering("attempts", 3)));

    [Fact]
    public void An_import_says_in_French_which_step_cannot_run_and_why()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr");
        var report = services.GetRequiredService<ImportInspection>().Of(ScenarioReader.Read("""
            {"root":{"id":"r","type":"Elsa.Flowchart","activities":[
            {"id":"a","type":"Acme.Bank","name":"Appeler la banque"},
            {"id":"b","type":"CentralPay.WaitForPayment","timeLimit":{"typeName":"TimeSpan","expression":{"type":"JavaScript","value":"x()"}}}]}}
            """));
        var words = services.GetRequiredService<ImportWords>();

        Assert.Equal("2 étapes, 0 liaison, 0 valeur", words.Counts(report));
        Assert.Equal(
            ["Appeler la banque\u00A0: a besoin de «\u00A0Acme.Bank\u00A0», qui n’est pas installé ici", "Attendre le paiement\u00A0: «\u00A0Délai\u00A0» est écrit en JavaScript"],
            report.Findings.Select(words.Of));
        Assert.All(report.Findings, finding => Assert.Equal(ImportConsequence.CannotRun, ImportWords.ConsequenceOf(finding.Kind)));
    }

    [Fact]
    public void Every_kind_of_finding_and_every_group_has_its_words()
    {
        foreach (var language in Phrases.Languages)
        {
            var words = PhraseBook.Of(CultureInfo.GetCultureInfo(language));
            Assert.All(Enum.GetNames<ImportFindingKind>(), kind => Assert.NotNull(words.Find($"import.{kind}")));
            Assert.All(Enum.GetNames<ImportConsequence>(), group => Assert.NotNull(words.Find($"import.group.{group}.hint")));
            Assert.All(Enum.GetNames<ChangeKind>(), kind => Assert.NotNull(words.Find($"change.kind.{kind}")));
        }
    }

    public void Dispose()
    {
        CultureInfo.CurrentUICulture = before;
        services.Dispose();
    }

    private static ScenarioDefinition InARow(params string[] order)
    {
        var titles = new Dictionary<string, string> { ["pauseS"] = "Pause", ["noteA"] = "Write a note", ["setN"] = "Call the customer" };
        return Row(order.Select(id => $$"""{"id":"{{id}}","type":"Elsa.Finish","name":"{{titles[id]}}"}"""));
    }

    private static ScenarioDefinition Untitled(params string[] order) =>
        Row(order.Select(id => $$"""{"id":"{{id}}","type":"{{(id == "a" ? "Elsa.Delay" : "Elsa.Finish")}}"}"""));

    private static ScenarioDefinition Row(IEnumerable<string> steps) => ScenarioReader.Read(
        $$$"""{"root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"row","type":"Elsa.Sequence","name":"Steps in a row","activities":[{{{string.Join(',', steps)}}}]}]}}""");

    private static ScenarioDefinition Remembering(string name, int first) => ScenarioReader.Read(
        $$$"""{"variables":[{"id":"v","name":"{{{name}}}","typeName":"Int32","value":{{{first}}}}],"root":{"id":"r","type":"Elsa.Flowchart","activities":[]}}""");

    private ScenarioDefinition Filled(string step, string setting, string value)
    {
        var type = ScenarioDrawing.Steps(dunning).Single(each => each.Id == step).Type;
        return ScenarioDrawing.SetInput(dunning, step, Known(type).Inputs.Single(input => input.Name == setting), new Expression("Literal", value));
    }

    private string[] Sentences(ScenarioDefinition earlier, ScenarioDefinition later) => [.. Told(earlier, later).Lines.Select(line => line.Text)];

    private ChangesTold Told(ScenarioDefinition earlier, ScenarioDefinition later) => services.GetRequiredService<ChangeSentences>().Of(earlier, later);

    private ActivityDescriptor Known(string type) => services.GetRequiredService<ActivityRegistry>().Find(type)!;
}
