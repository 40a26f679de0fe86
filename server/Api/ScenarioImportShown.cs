using CentralPay.Workflows.Designer.Scenarios.Importing;
using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Server.Api;

/// <summary>What an import made: the draft, what was read, and what of it cannot run.</summary>
internal sealed record ScenarioImportShown(ScenarioShown Scenario, int Steps, int Connections, int Variables, IReadOnlyList<ImportFindingShown> Findings)
{
    public static ScenarioImportShown Of(ImportedScenario imported, ImportWords words) => new(
        ScenarioShown.Of(imported.Version),
        imported.Report.Steps,
        imported.Report.Connections,
        imported.Report.Variables,
        [.. imported.Report.Findings.Select(finding => new ImportFindingShown(
            ImportWords.ConsequenceOf(finding.Kind), finding.Kind, finding.Step?.Id, finding.Setting, finding.What, words.Of(finding)))]);
}

/// <summary>One thing to know of an import: what it means, what it is, where, and the same as a sentence.</summary>
internal sealed record ImportFindingShown(ImportConsequence Consequence, ImportFindingKind Kind, string? StepId, string? Setting, string What, string Message);
