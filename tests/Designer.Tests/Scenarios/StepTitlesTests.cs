using System.Globalization;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Tests.Scenarios;

/// <summary>Steps in a list, where a person chooses at which of them cases go on.</summary>
public sealed class StepTitlesTests : IDisposable
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
        .BuildServiceProvider();

    [Theory]
    [InlineData("en", "Wait for payment (1 of 3)", "Wait for payment (2 of 3)")]
    [InlineData("fr", "Attendre le paiement (1 sur 3)", "Attendre le paiement (2 sur 3)")]
    public void Steps_of_one_name_can_be_told_apart(string language, string first, string second)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        var titles = TitlesOf(dunning);

        Assert.Equal((first, second), (titles.Of("wait-first"), titles.Of("wait-second")));
        Assert.Equal(dunning.AllSteps().Count(), dunning.AllSteps().Select(step => titles.Of(step.Id)).Distinct().Count());
    }

    [Fact]
    public void A_step_that_is_not_drawn_any_more_is_named_by_its_identity()
    {
        Assert.Equal("gone", TitlesOf(dunning).Of("gone"));
        Assert.Equal("", TitlesOf(null).Of(null));
    }

    public void Dispose()
    {
        CultureInfo.CurrentUICulture = before;
        services.Dispose();
    }

    private StepTitles TitlesOf(ScenarioDefinition? drawn) =>
        new(services.GetRequiredService<ScenarioCanvasModel>(), services.GetRequiredService<IStringLocalizer<Phrases>>(), drawn);
}
