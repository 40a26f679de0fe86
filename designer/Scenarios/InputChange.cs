using CentralPay.Workflows.Designer.Access;
using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>A setting that a person changed in a step's form.</summary>
/// <param name="Input">The setting's name in definitions.</param>
/// <param name="Expression">Its new value.</param>
/// <param name="Beside">Takes what is wrong with it.</param>
public sealed record InputChange(string Input, Expression Expression, Violations Beside);
