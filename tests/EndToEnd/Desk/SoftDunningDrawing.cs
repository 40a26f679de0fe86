using System.Text.Json.Nodes;
using CentralPay.Workflows.EndToEnd.Running;

namespace CentralPay.Workflows.EndToEnd.Desk;

/// <summary>The ready-made scenario as the plan of a drawing: which steps, with which settings, and where each outcome leads.</summary>
internal sealed class SoftDunningDrawing
{
    private readonly JsonObject root;

    public SoftDunningDrawing() => root = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Product.Root, "samples", "scenarios", "soft-dunning.json")))!["root"]!;

    /// <summary>The steps in an order in which each but the first follows one that is there already.</summary>
    public IReadOnlyList<PlannedStep> Steps => [.. root["activities"]!.AsArray().Select(step => new PlannedStep(
        step!["id"]!.GetValue<string>(),
        step["type"]!.GetValue<string>(),
        step.AsObject().Where(member => member.Value is JsonObject input && input["expression"] is not null)
            .ToDictionary(member => member.Key, member => member.Value!["expression"]!["value"]!.ToString())))];

    /// <summary>The connections.</summary>
    public IReadOnlyList<PlannedWay> Ways => WaysOf(root, id => id);

    /// <summary>Says that a definition is the same drawing: steps by their titles, their settings, and every connection.</summary>
    public void AssertDrawn(JsonNode definition)
    {
        var drawn = (JsonObject)definition["root"]!;
        var titles = drawn["activities"]!.AsArray().ToDictionary(step => step!["id"]!.GetValue<string>(), step => step!["metadata"]!["displayText"]!.GetValue<string>());
        Assert.Equal(Steps.Select(step => (step.Id, step.Type)).Order(), drawn["activities"]!.AsArray().Select(step => (titles[step!["id"]!.GetValue<string>()], step["type"]!.GetValue<string>())).Order());
        Assert.Equal(Ways.Order(), WaysOf(drawn, id => titles[id]).Order());
        foreach (var planned in Steps)
        {
            var step = drawn["activities"]!.AsArray().Single(step => titles[step!["id"]!.GetValue<string>()] == planned.Id)!;
            // What the form shows already, and nobody changes, is not written: the drawing hand has looked that it is shown.
            Assert.All(planned.Settings.Where(setting => step[setting.Key] is not null), setting => Assert.Equal(setting.Value, step[setting.Key]!["expression"]!["value"]!.ToString()));
        }
    }

    private static List<PlannedWay> WaysOf(JsonObject root, Func<string, string> nameOf) => [.. root["connections"]!.AsArray().Select(way => new PlannedWay(
        nameOf(way!["source"]!["activity"]!.GetValue<string>()), way["source"]!["port"]!.GetValue<string>(), nameOf(way["target"]!["activity"]!.GetValue<string>())))];
}

/// <summary>A step to draw; its id in the sample is its title in the drawing.</summary>
internal sealed record PlannedStep(string Id, string Type, IReadOnlyDictionary<string, string> Settings);

/// <summary>A connection to draw.</summary>
internal sealed record PlannedWay(string From, string Outcome, string To) : IComparable<PlannedWay>
{
    public int CompareTo(PlannedWay? other) => (From, Outcome, To).CompareTo((other!.From, other.Outcome, other.To));
}
