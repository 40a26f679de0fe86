using System.Globalization;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Tests.Collections;

/// <summary>What a case is called where people meet it.</summary>
public sealed class CaseWordsTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    [Theory]
    [InlineData("en", "invoice:0198d1c4-0000-7000-8000-000000000001", "L-1", "Case of invoice L-1")]
    [InlineData("fr", "invoice:0198d1c4-0000-7000-8000-000000000001", "L-1", "Dossier de la facture L-1")]
    [InlineData("en", "delivery:12", "L-0", "Case L-0")]
    [InlineData("fr", null, "L-0", "Dossier L-0")]
    [InlineData("en", null, null, "Case")]
    public void A_case_is_called_after_its_invoice_only_where_it_is_about_one(string language, string? correlation, string? reference, string title)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        Assert.Equal(title, CaseWords.TitleOf(Cases.Draw(1, CaseStatus.Running) with { CorrelationId = correlation, Reference = reference }, new PhraseLocalizer()));
    }

    [Fact]
    public void A_case_that_waits_inside_of_a_loop_or_a_sequence_says_what_for()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr");
        using var services = new ServiceCollection().AddSingleton(TimeProvider.System)
            .AddWorkflowEngine(activities => activities.AddFrom(typeof(ReadyMadeScenarios).Assembly)).AddSingleton<IActivityWords, ActivityWords>()
            .AddSingleton<IStringLocalizer<Phrases>, PhraseLocalizer>().AddSingleton<StepSentence>().AddSingleton<ScenarioCanvasModel>().BuildServiceProvider();
        var drawn = ScenarioReader.Read("""
            { "definitionId": "dunning", "name": "Dunning", "root": { "id": "flow", "type": "Elsa.Flowchart", "activities": [
                { "id": "row", "type": "Elsa.Sequence", "activities": [{ "id": "call", "type": "Elsa.Delay", "metadata": { "displayText": "Une nuit" }, "name": "Une nuit" }] }] } }
            """);
        var say = services.GetRequiredService<IStringLocalizer<Phrases>>();

        var sentence = CaseWords.Sentence(
            Cases.Draw(1, CaseStatus.Running) with { WaitingNodeId = "call" }, drawn, services.GetRequiredService<ScenarioCanvasModel>(), say, Rendered.Display());

        Assert.Equal(say["case.waiting", say.Code("case.waits", "Elsa.Delay", say["case.waits.other", "Une nuit"])].Value, sentence);
    }

    [Fact]
    public void In_French_a_callback_to_the_ERP_is_no_reminder() =>
        Assert.DoesNotContain(
            PhraseBook.Of(CultureInfo.GetCultureInfo("fr")).All,
            words => !words.Key.StartsWith("palette.", StringComparison.Ordinal) && words.Value.Contains("rappel", StringComparison.OrdinalIgnoreCase));

    public void Dispose() => CultureInfo.CurrentUICulture = before;
}
