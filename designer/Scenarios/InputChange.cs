using System.Text.Json.Nodes;
using CentralPay.Workflows.Designer.Access;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Descriptors;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>A setting of a step was changed in its form.</summary>
/// <param name="Input">The setting.</param>
/// <param name="Expression">Its new value.</param>
/// <param name="Beside">Takes the rule that the value breaks, to be shown beside the field.</param>
public sealed record InputChange(InputDescriptor Input, Expression Expression, Violations Beside);

/// <summary>Plain data of a step (a switch's cases) was changed in its form.</summary>
/// <param name="Input">What of the step.</param>
/// <param name="Value">Its new value; null for none.</param>
public sealed record PropertyChange(InputDescriptor Input, JsonNode? Value);
