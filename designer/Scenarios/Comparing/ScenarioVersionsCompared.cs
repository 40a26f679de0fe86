using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Designer.Scenarios.Comparing;

/// <summary>Two versions of a scenario, and what the one does otherwise than the other.</summary>
/// <param name="From">The version to begin with.</param>
/// <param name="To">The version that changes it.</param>
/// <param name="Changes">What it changes.</param>
/// <param name="Told">The same in sentences, in the reader's language.</param>
public sealed record ScenarioVersionsCompared(ScenarioVersion From, ScenarioVersion To, ScenarioChanges Changes, ChangesTold Told);
