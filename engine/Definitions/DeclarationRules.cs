using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>What must hold for what a scenario declares: its variables, and what its cases receive and leave.</summary>
internal static class DeclarationRules
{
    public static void Check(ScenarioDefinition definition, ProblemList problems)
    {
        var variables = VariablesOf(definition);
        foreach (var twice in variables.GroupBy(variable => variable.Name).Where(group => group.Count() > 1))
            problems.Error(ProblemCodes.DuplicateVariable, null, null, twice.Key);
        foreach (var twice in variables.GroupBy(variable => variable.Id).Where(group => group.DistinctBy(variable => variable.Name).Count() > 1))
            problems.Error(ProblemCodes.VariableIdentity, null, null, twice.Key, string.Join(", ", twice.Select(variable => variable.Name)));
        foreach (var variable in variables.Where(variable => !HoldsItsType(variable)))
            problems.Error(ProblemCodes.VariableValue, null, null, variable.Name, variable.TypeName);
        CheckNames(definition, "inputs", ProblemCodes.DuplicateInput, StringComparer.OrdinalIgnoreCase, problems);
        CheckNames(definition, "outputs", ProblemCodes.DuplicateOutput, StringComparer.Ordinal, problems);
    }

    /// <summary>
    /// All variables. Elsa looks for the nearest one around a step; ours are the case's, so that one name means one variable. One
    /// that is declared again inside, in the very same words, is that variable.
    /// </summary>
    private static List<VariableDefinition> VariablesOf(ScenarioDefinition definition)
    {
        var known = new HashSet<(string Id, string Name, string Type, bool IsArray, string Value)>();
        var all = new List<VariableDefinition>();
        foreach (var level in definition.AllSteps().Select(step => step.Variables).Prepend(definition.Variables))
        {
            all.AddRange(level.Where(variable => !known.Contains(Words(variable))));
            known.UnionWith(level.Select(Words));
        }

        return all;
    }

    private static (string Id, string Name, string Type, bool IsArray, string Value) Words(VariableDefinition variable) =>
        (variable.Id, variable.Name, variable.TypeName, variable.IsArray, ScenarioWriter.Text(variable.Value));

    private static bool HoldsItsType(VariableDefinition variable)
    {
        try
        {
            ValueConversion.To(variable.Value, TypeAliases.Find(variable.IsArray ? variable.TypeName + "[]" : variable.TypeName));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void CheckNames(ScenarioDefinition definition, string member, string code, StringComparer comparer, ProblemList problems)
    {
        if (definition.Rest[member] is not JsonArray declared)
        {
            if (definition.Rest[member] is { } other)
                problems.Error(ProblemCodes.Member, null, member, member, ScenarioReader.Shown(other), "list");
            return;
        }

        var names = declared.OfType<JsonObject>().Select(each => ScenarioReader.Text(each["name"])).OfType<string>();
        foreach (var twice in names.GroupBy(name => name, comparer).Where(group => group.Count() > 1))
            problems.Error(code, null, null, twice.Key);
    }
}
