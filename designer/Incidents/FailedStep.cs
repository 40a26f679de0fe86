using System.Globalization;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Designer.Incidents;

/// <summary>The step that an incident stopped, as its decision shows it: what can be changed before it is tried again, and the ways out of it.</summary>
/// <param name="Inputs">Its inputs, in the reader's language, with the value each had.</param>
/// <param name="Outcomes">Its outcomes: the name in the scenario, and the words.</param>
public sealed record FailedStep(IReadOnlyList<(InputDescriptor Input, string Value)> Inputs, IReadOnlyList<(string Name, string Words)> Outcomes)
{
    private static readonly FailedStep None = new([], []);

    /// <summary>Reads it; without inputs where no step failed, without outcomes where none is skipped.</summary>
    public static async Task<FailedStep> ReadAsync(IServiceProvider services, Incident incident)
    {
        if (incident.CaseId is not { } caseId || await services.GetRequiredService<CaseDesk>().DetailsAsync(caseId) is not { } details
            || await services.GetRequiredService<IScenarioStore>().FindVersionAsync(details.Case.DefinitionVersionId) is not { } version)
        {
            return None;
        }

        var skippable = await services.GetRequiredService<IncidentDesk>().SkippableAsync(incident);
        var step = (ScenarioReader.ReadOrNull(version.Json)?.AllSteps() ?? []).FirstOrDefault(each => each.Id == (skippable?.NodeId ?? incident.NodeId));
        if (step is null || services.GetRequiredService<ActivityRegistry>().Describe(step.Type, CultureInfo.CurrentUICulture) is not { } described)
        {
            return None;
        }

        var had = incident.ActivityInstanceId is null ? null : details.Journal.SelectMany(entry => entry.Steps).LastOrDefault(record => record.ActivityInstanceId == incident.ActivityInstanceId && record.What == "Faulted")?.Values;
        var ports = described.Ports.ToDictionary(port => port.Name, port => port.DisplayName);
        return new FailedStep(
            incident.ActivityInstanceId is null ? [] : [.. described.Inputs.Where(input => input is { IsWrapped: true, IsReadOnly: false, IsBrowsable: true }).Select(input => (input, input.IsSensitive ? "" : ValueOf(had?.GetValueOrDefault(input.Name), step.Input(input.Name)?.Expression)))],
            [.. (skippable?.Outcomes ?? []).Select(outcome => (outcome, ports.GetValueOrDefault(outcome, outcome)))]);
    }

    /// <summary>What the step had, else what is drawn for it as a fixed value. A text that the journal cut is left empty: half of it is not what the step had.</summary>
    private static string ValueOf(string? had, Expression? drawn) =>
        had is null ? (drawn is { Type: "Literal", Value: { } literal } ? Convert.ToString(literal, CultureInfo.InvariantCulture) ?? "" : "")
        : had.EndsWith('…') ? ""
        : had.StartsWith('"') ? System.Text.Json.JsonSerializer.Deserialize<string>(had) ?? "" : had;
}
