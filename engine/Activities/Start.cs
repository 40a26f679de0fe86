using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Where a flowchart begins.</summary>
[Activity("Elsa", "Flow", "Where the scenario begins.")]
public sealed class Start : CodeActivity, IStartNode;
