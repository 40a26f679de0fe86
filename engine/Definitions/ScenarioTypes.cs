using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>What the expressions of a scenario can name: its variables, its declared inputs, what its steps leave behind, the host's values.</summary>
internal static class ScenarioTypes
{
    private static readonly CelType[] SameInJson = [CelType.String, CelType.Bool, CelType.Int];

    public static ExpressionTypes Of(CompiledScenario compiled, FunctionRegistry functions, IReadOnlyDictionary<string, CelType>? roots)
    {
        var variables = compiled.VariablesById.Values.ToDictionary(variable => variable.Id, variable => Declared(variable.ValueType, functions));
        var byName = new Dictionary<string, CelType>(variables);
        foreach (var variable in compiled.VariablesById.Values)
            byName[variable.Name] = variables[variable.Id];
        return new ExpressionTypes
        {
            VariablesById = variables,
            Realms = new Dictionary<string, CelType>
            {
                // A step can set a variable that nobody declared, and anything may come with a resume.
                ["variables"] = new CelMembers("variables", byName, isOpen: true),
                ["input"] = new CelMembers("input", compiled.InputTypes.ToDictionary(input => input.Key, input => Declared(input.Value, functions)), isOpen: true),
                ["steps"] = CelType.Members("steps", compiled.Nodes.ToDictionary(node => node.Id, node => Outputs(node, functions))),
            },
            Roots = roots,
            VariableNames = [.. compiled.VariablesById.Values.Select(variable => variable.Name)],
        };
    }

    private static CelType Outputs(CompiledNode node, FunctionRegistry functions) => node.Blueprint.Descriptor.TypeName == node.Activity.Type
        ? CelType.Members($"steps.{node.Id}", node.Blueprint.Descriptor.Outputs.ToDictionary(output => output.Name, output => Declared(output.ValueType, functions)))
        : CelType.Dyn;

    private static CelType Declared(Type type, FunctionRegistry functions) => DeclaredTypes.Bind(type) ? functions.TypeOf(type) : AsJson(functions.TypeOf(type));

    /// <summary>What a type is once it was stored and read again.</summary>
    private static CelType AsJson(CelType type) => type switch
    {
        CelListType list => CelType.List(AsJson(list.Item)),
        CelMapType map => CelType.Map(map.Key, AsJson(map.Value)),
        _ => SameInJson.Contains(type) ? type : CelType.Dyn,
    };
}
