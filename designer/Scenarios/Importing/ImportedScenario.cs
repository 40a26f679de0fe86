using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Designer.Scenarios.Importing;

/// <summary>What an import made, and what to know of it.</summary>
/// <param name="Version">The draft it became.</param>
/// <param name="Report">What was read, and what of it cannot run.</param>
public sealed record ImportedScenario(ScenarioVersion Version, ImportReport Report);
