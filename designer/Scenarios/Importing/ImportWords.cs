using CentralPay.Workflows.Designer.Scenarios.Comparing;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios.Importing;

/// <summary>What there is to know of an import, in the reader's language.</summary>
public sealed class ImportWords(ScenarioCanvasModel model, SettingWords settings, IStringLocalizer<Phrases> say)
{
    /// <summary>One finding as a sentence that names its step.</summary>
    public string Of(ImportFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var title = finding.Step is null ? say["import.noStep"] : model.TitleOf(finding.Step);
        var setting = finding is { Step: not null, Setting: not null } ? settings.NameOf(finding.Step, finding.Setting) : "";
        var sentence = say[$"import.{finding.Kind}", title, setting, finding.What];
        return finding.Suggestion is { } meant ? $"{sentence}. {say["problem.suggestion", meant]}" : sentence;
    }

    /// <summary>What was read: "6 steps, 4 connections, 1 value".</summary>
    public string Counts(ImportReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return string.Join(", ", say.Count("draw.steps", report.Steps), say.Count("import.connections", report.Connections), say.Count("import.variables", report.Variables));
    }

    /// <summary>What a kind of finding means for whoever brings the definition.</summary>
    public static ImportConsequence ConsequenceOf(ImportFindingKind kind) => kind switch
    {
        ImportFindingKind.UnknownActivity or ImportFindingKind.UnsupportedSyntax => ImportConsequence.CannotRun,
        ImportFindingKind.UnknownSetting => ImportConsequence.NoEffect,
        ImportFindingKind.OnlyHere => ImportConsequence.OnlyHere,
        _ => ImportConsequence.OlderShape,
    };
}

/// <summary>What a finding means for whoever brings the definition.</summary>
public enum ImportConsequence
{
    /// <summary>Kept; the scenario cannot be published with it.</summary>
    CannotRun,

    /// <summary>Kept; nothing here looks at it.</summary>
    NoEffect,

    /// <summary>Runs here, cannot run in Elsa.</summary>
    OnlyHere,

    /// <summary>Read from the shape of older files, and written back in it.</summary>
    OlderShape,
}
