using System.Collections.Frozen;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Compilation;

/// <summary>A scenario version ready to run: an unchanging graph of activities that all its cases share.</summary>
internal sealed class CompiledScenario
{
    private readonly FrozenDictionary<string, CompiledNode> _byId;
    private readonly FrozenDictionary<string, string> _variableIds;

    public CompiledScenario(string versionId, string definitionId, int version, CompiledNode root, IReadOnlyList<CompiledNode> nodes, IReadOnlyList<CompiledVariable> variables, IReadOnlyDictionary<string, Type> inputTypes)
    {
        VersionId = versionId;
        DefinitionId = definitionId;
        Version = version;
        Root = root;
        Nodes = nodes;
        _byId = nodes.ToFrozenDictionary(node => node.Id);
        VariablesById = variables.ToFrozenDictionary(variable => variable.Id);
        InputTypes = inputTypes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _variableIds = variables.DistinctBy(variable => variable.Name).ToFrozenDictionary(variable => variable.Name, variable => variable.Id);
    }

    public string VersionId { get; }

    public string DefinitionId { get; }

    public int Version { get; }

    public CompiledNode Root { get; }

    public IReadOnlyList<CompiledNode> Nodes { get; }

    public FrozenDictionary<string, CompiledVariable> VariablesById { get; }

    /// <summary>What the declared inputs of a case hold, by name, however its letters are written.</summary>
    public FrozenDictionary<string, Type> InputTypes { get; }

    public CompiledNode? Find(string nodeId) => _byId.GetValueOrDefault(nodeId);

    /// <summary>The identity of a variable by its name; one that the scenario does not declare is its own identity.</summary>
    public string VariableId(string name) => _variableIds.GetValueOrDefault(name, name);

    /// <summary>The triggers that cases can start at.</summary>
    public IEnumerable<CompiledNode> Triggers => Nodes.Where(node => node.Activity is ITrigger && node.CanStart);

    /// <summary>The trigger that it is drawn to begin with; null where it begins with another step.</summary>
    public CompiledNode? OwnTrigger =>
        (Root.Activity is Flowchart flow ? flow.Graph.Start : Nodes.FirstOrDefault(node => node.Parent == Root)) is { CanStart: true, Activity: ITrigger } own ? own : null;
}

/// <summary>A variable with its type and its first value.</summary>
internal sealed record CompiledVariable(string Id, string Name, Type ValueType, object? FirstValue);
