namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>A step with the step that holds it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Container">What holds it; null for the root.</param>
/// <param name="Port">The port it is embedded under; null where it stands among others.</param>
internal sealed record PlacedStep(StepDefinition Step, PlacedStep? Container, string? Port)
{
    /// <summary>By what it is known again in another drawing: its id. A root is the root, whatever its id.</summary>
    public string Key => Container is null ? "" : Step.Id;

    /// <summary>What holds it, and under which port.</summary>
    public (string? Container, string? Port) Place => (Container?.Key, Port);
}

/// <summary>All steps of a drawing with what holds them, and all connections between them. Of two steps with one id the first counts: a drawing with two cannot be published.</summary>
internal sealed class PlacedSteps
{
    private readonly Dictionary<string, PlacedStep> _byKey = [];
    private readonly List<PlacedStep> _all = [];

    public PlacedSteps(StepDefinition root)
    {
        Add(new PlacedStep(root, null, null));
        Connections = [.. _all.SelectMany(placed => placed.Step.Connections ?? [])];
    }

    public IReadOnlyList<PlacedStep> All => _all;

    public IReadOnlyList<ConnectionDefinition> Connections { get; }

    public PlacedStep? Find(string key) => _byKey.GetValueOrDefault(key);

    private void Add(PlacedStep placed)
    {
        if (!_byKey.TryAdd(placed.Key, placed))
            return;
        _all.Add(placed);
        foreach (var child in placed.Step.Steps ?? [])
            Add(new PlacedStep(child, placed, null));
        foreach (var (port, embedded) in placed.Step.EmbeddedSteps())
            Add(new PlacedStep(embedded, placed, port));
    }
}
