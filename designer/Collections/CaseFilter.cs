using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Designer.Collections;

/// <summary>Which cases are to be seen.</summary>
/// <param name="Status"><c>running</c>, <c>finished</c>, or anything else for all.</param>
/// <param name="Scenario">Only this scenario's (definition id); null for all.</param>
internal sealed record CaseFilter(string? Status, string? Scenario)
{
    /// <summary>The cases that fit.</summary>
    public CaseQuery Query => new()
    {
        Status = Enum.TryParse<CaseStatus>(Status, ignoreCase: true, out var known) ? known : null,
        DefinitionId = string.IsNullOrEmpty(Scenario) ? null : Scenario,
    };
}
