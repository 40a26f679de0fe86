using System.Globalization;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios.Comparing;

/// <summary>Tells what one version changes against another in sentences of the business: "Wait for payment: time limit 7 days → 10 days".</summary>
public sealed class ChangeSentences(ActivityRegistry activities, ScenarioCanvasModel model, StepOutcomes outcomes, SettingWords settings, IStringLocalizer<Phrases> say)
{
    private const string Custom = "customProperties.";
    private const string Steps = "activities";

    /// <summary>What the later drawing does otherwise than the earlier one.</summary>
    public ChangesTold Of(ScenarioDefinition before, ScenarioDefinition after) => Of(ScenarioComparison.Between(before, after), before, after);

    /// <summary>The same of changes that were found already.</summary>
    public ChangesTold Of(ScenarioChanges found, ScenarioDefinition before, ScenarioDefinition after)
    {
        ArgumentNullException.ThrowIfNull(found);
        var (former, present) = (new DrawingWords(model, outcomes, say, before), new DrawingWords(model, outcomes, say, after));
        var ways = new ChangedWays(found, former, present, say);
        return new ChangesTold(
            [
                .. found.Changes.SelectMany(change => change switch
                {
                    StepAdded added => [new ChangeLine(ChangeKind.Added, Added(added, ways, present))],
                    StepRemoved removed => [new ChangeLine(ChangeKind.Removed, say["change.step.removed", former.TitleOf(removed.Step)])],
                    StepChange changed => [new ChangeLine(ChangeKind.Changed, Changed(changed, former, present))],
                    VariableChanged variable => Variable(variable),
                    ScenarioMemberChanged member => [Member(member)],
                    _ => Array.Empty<ChangeLine>(),
                }),
                .. ways.Lines(),
            ],
            found.Moved.Count == 0 ? null : say.Count("change.layout", found.Moved.Count));
    }

    private string Added(StepAdded added, ChangedWays ways, DrawingWords present)
    {
        var title = present.TitleOf(added.Step);
        if (ways.Into(added.Step.Id) is { } way)
        {
            return say["change.step.added.after", title, way];
        }

        return added.Container.Id == present.Definition.Root.Id ? say["change.step.added", title] : say["change.step.added.inside", title, present.TitleOf(added.Container)];
    }

    private string Changed(StepChange change, DrawingWords former, DrawingWords present)
    {
        var title = present.TitleOf(change.Step);
        return change switch
        {
            StepPutInto put when put.After.Id == present.Definition.Root.Id => say["change.step.putOut", title, former.TitleOf(put.Before)],
            StepPutInto put => say["change.step.putInto", title, present.TitleOf(put.After)],
            StepRenamed renamed => say["change.step.renamed", renamed.Before ?? KindOf(change.Step.Type), renamed.After ?? KindOf(change.Step.Type)],
            StepRetyped { Before: var was } when was.Type == change.Step.Type => say["change.step.version", title, was.Version, change.Step.Version],
            StepRetyped { Before: var was } => say["change.step.retyped", title, KindOf(was.Type), KindOf(change.Step.Type)],
            SettingChanged { Name: Steps } => say["change.step.order", title, OrderOf(change.Step, former, present)],
            SettingChanged setting => Setting(setting, title, former.Definition, present.Definition),
            _ => title,
        };
    }

    // Those that came or went are told of by themselves.
    private static string OrderOf(StepDefinition sequence, DrawingWords former, DrawingWords present)
    {
        var before = former.Definition.AllSteps().FirstOrDefault(step => step.Id == sequence.Id)?.Steps ?? [];
        return string.Join(", ", (sequence.Steps ?? []).Where(step => before.Any(other => other.Id == step.Id)).Select(present.TitleOf));
    }

    private string Setting(SettingChanged change, string title, ScenarioDefinition before, ScenarioDefinition after)
    {
        if (change.Name == $"{Custom}canStartWorkflow")
        {
            return say[change.Step.CanStartScenario ? "change.step.starts" : "change.step.startsNot", title];
        }

        var isCustom = change.Name.StartsWith(Custom, StringComparison.Ordinal);
        var name = isCustom ? change.Name[Custom.Length..] : InSentence(settings.NameOf(change.Step, change.Name));
        var (was, isNow) = (settings.ValueOf(change.Step, change.Name, change.Before, before), settings.ValueOf(change.Step, change.Name, change.After, after));
        return settings.IsSecret(change.Step, change.Name) || was == isNow
            ? say["change.setting.only", title, name]
            : say["change.setting", title, name, was, isNow];
    }

    private IEnumerable<ChangeLine> Variable(VariableChanged change)
    {
        switch (change)
        {
            case { Before: null, After: { } added }:
                return [new ChangeLine(ChangeKind.Added, say["change.variable.added", added.Name])];
            case { After: null, Before: { } removed }:
                return [new ChangeLine(ChangeKind.Removed, say["change.variable.removed", removed.Name])];
            case { Before: { } was, After: { } isNow }:
                List<string> sentences = [];
                if (was.Name != isNow.Name)
                {
                    sentences.Add(say["change.variable.renamed", was.Name, isNow.Name]);
                }

                if ((was.TypeName, was.IsArray) != (isNow.TypeName, isNow.IsArray))
                {
                    sentences.Add(say["change.variable.kind", isNow.Name, KindOf(was), KindOf(isNow)]);
                }

                if (sentences.Count == 0 || !JsonNode.DeepEquals(was.Value, isNow.Value))
                {
                    sentences.Add(say["change.variable.value", isNow.Name, First(was), First(isNow)]);
                }

                return sentences.Select(sentence => new ChangeLine(ChangeKind.Changed, sentence));
            default:
                return [];
        }
    }

    private ChangeLine Member(ScenarioMemberChanged change)
    {
        var (was, isNow) = (SettingWords.Short(SettingWords.PlainOf(change.Before)), SettingWords.Short(SettingWords.PlainOf(change.After)));
        var parts = change.Name.Split('.', 2);
        var group = say.Code("change.member", parts[0], parts[0]);
        var name = parts.Length > 1 ? parts[1] : "";
        return (change, parts[0]) switch
        {
            (_, "name") => new ChangeLine(ChangeKind.Changed, say["change.scenario.name", was, isNow]),
            (_, "description") => new ChangeLine(ChangeKind.Changed, say["change.scenario.description"]),
            ({ Before: null }, _) => new ChangeLine(ChangeKind.Added, say["change.member.added", group, name]),
            ({ After: null }, _) => new ChangeLine(ChangeKind.Removed, say["change.member.removed", group, name]),
            _ => new ChangeLine(ChangeKind.Changed, say["change.member.changed", group, name, was, isNow]),
        };
    }

    private string First(VariableDefinition variable) => variable.Value is null ? say["change.nothing"] : SettingWords.Short(SettingWords.PlainOf(variable.Value));

    private string KindOf(VariableDefinition variable) => say.ValueKind(variable.IsArray ? $"{variable.TypeName}[]" : variable.TypeName);

    private string KindOf(string type) => activities.Describe(type, CultureInfo.CurrentUICulture)?.DisplayName ?? type;

    // Within a sentence a label begins small, unless it is an abbreviation.
    private static string InSentence(string label) =>
        label.Length > 1 && char.IsUpper(label[0]) && !char.IsUpper(label[1]) ? char.ToLower(label[0], CultureInfo.CurrentCulture) + label[1..] : label;
}
