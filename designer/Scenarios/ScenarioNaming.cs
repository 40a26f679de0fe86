using System.Globalization;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>What a scenario may be called, and by which identity addresses name it. What is kept under another one stays as it is.</summary>
internal static partial class ScenarioNaming
{
    /// <summary>The most characters of a name.</summary>
    internal const int MostNameCharacters = 100;

    private const int MostIdCharacters = 100;

    /// <summary>The rules that the name and the identity of a definition break; neither is judged where it is that of what is kept.</summary>
    /// <param name="definition">The definition that comes in; without an identity it gets one.</param>
    /// <param name="kept">The newest version that is kept under its identity; null for none.</param>
    /// <param name="place">What stands before the fields' names (<c>definition.</c>); empty where nothing does.</param>
    internal static IReadOnlyList<RuleViolation> Broken(ScenarioDefinition definition, ScenarioVersion? kept, string place)
    {
        var broken = new List<RuleViolation>();
        if (kept is null && definition.DefinitionId.Length > 0 && !(definition.DefinitionId.Length <= MostIdCharacters && IdPattern().IsMatch(definition.DefinitionId)))
        {
            broken.Add(RuleViolation.Of($"{place}definitionId", RuleCodes.ScenarioIdInvalid, ("limit", MostIdCharacters.ToString(CultureInfo.InvariantCulture))));
        }

        if (definition.Name != kept?.Name && TextRules.Broken($"{place}name", definition.Name, MostNameCharacters) is { } misnamed)
        {
            broken.Add(misnamed);
        }

        return broken;
    }

    [GeneratedRegex("\\A[A-Za-z0-9_-]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
