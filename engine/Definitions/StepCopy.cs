using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>A step with all inside it once more, under identities of their own.</summary>
internal static class StepCopy
{
    /// <param name="step">The step.</param>
    /// <param name="newId">An identity for a step that nobody has yet.</param>
    public static StepDefinition Of(StepDefinition step, Func<StepDefinition, string> newId)
    {
        var ids = new Dictionary<string, string>();
        foreach (var each in step.WithAllInside())
        {
            string id;
            do
                id = newId(each);
            while (ids.ContainsValue(id));
            ids[each.Id] = id;
        }

        return Under(step, ids);
    }

    private static StepDefinition Under(StepDefinition step, Dictionary<string, string> ids)
    {
        var properties = (JsonObject)step.Properties.DeepClone();
        foreach (var (port, embedded) in step.EmbeddedSteps())
        {
            // As it was read, it keeps its members; what it is called in Elsa's tree is counted anew.
            var child = ScenarioWriter.ToJson(Under(embedded, ids), "");
            child.Remove("nodeId");
            properties[port] = child;
        }

        return step with
        {
            Id = ids[step.Id],
            Start = step.Start is { } start ? ids.GetValueOrDefault(start, start) : null,
            Steps = step.Steps?.Select(each => Under(each, ids)).ToList(),
            Connections = step.Connections?.Select(each => each with { Source = ids.GetValueOrDefault(each.Source, each.Source), Target = ids.GetValueOrDefault(each.Target, each.Target) }).ToList(),
            Properties = properties,
        };
    }
}
