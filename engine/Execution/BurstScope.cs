using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>What expressions see of the running case.</summary>
internal sealed class BurstScope(Burst burst, IExpressionRoots[] roots) : IExpressionScope
{
    private Dictionary<string, object?>? _roots;
    private Dictionary<string, object?>? _inputs;

    /// <summary>The step that asks: loops around it give values of their own.</summary>
    public ActivityExecutionContext? Step { get; set; }

    public object? Variable(string id)
    {
        if (Loops.Gives(id) && Loops.TryFind(Step, id, out var given))
            return given;
        var declared = burst.Scenario.VariablesById.GetValueOrDefault(id);
        if (!burst.State.Variables.TryGetValue(id, out var value))
            return declared?.FirstValue;
        return DeclaredTypes.Read(value, declared?.ValueType);
    }

    /// <summary>What the step that runs was resumed with.</summary>
    public CaseInput Resumed
    {
        get;
        set
        {
            field = value;
            _inputs = null;
        }
    } = CaseInput.None;

    public object? Input(string name) => DeclaredTypes.Read(Resumed.Find(name) ?? Started.Find(name), burst.Scenario.InputTypes.GetValueOrDefault(name));

    public IReadOnlyDictionary<string, object?> Inputs()
    {
        var sent = InputsAsSent();
        return burst.Scenario.InputTypes.Count == 0
            ? sent
            : _inputs ??= sent.ToDictionary(input => input.Key, input => DeclaredTypes.Read(input.Value, burst.Scenario.InputTypes.GetValueOrDefault(input.Key)));
    }

    public IReadOnlyDictionary<string, object?> InputsAsSent()
    {
        if (Resumed.All().Count == 0)
            return Started.All();
        var merged = new Dictionary<string, object?>(Started.All());
        foreach (var (name, value) in Resumed.All())
            merged[name] = value;
        return merged;
    }

    /// <summary>What came last: with the resume, also where that brought nothing; with the start where nothing was resumed.</summary>
    public CaseInput Latest => ReferenceEquals(Resumed, CaseInput.None) ? Started : Resumed;

    public IEnumerable<string> VariableNames => burst.Scenario.VariablesById.Values.Select(variable => variable.Name);

    public IEnumerable<string> StepsThatLeft => burst.State.StepOutputs.Keys.Where(key => !key.Contains(CaseState.OfRound, StringComparison.Ordinal));

    /// <summary>What a step left: of one in a loop side by side, in the round of the step that asks, nothing where it did not run in it; else when it ran last.</summary>
    public IReadOnlyDictionary<string, object?>? StepOutputs(string nodeId)
    {
        var node = burst.Scenario.Find(nodeId);
        var left = Left(nodeId, node);
        return left is null || node is null || !left.Keys.Any(node.Blueprint.BoundOutputs.ContainsKey)
            ? left
            : left.ToDictionary(output => output.Key, output => DeclaredTypes.Read(output.Value, node.Blueprint.BoundOutputs.GetValueOrDefault(output.Key)));
    }

    private Dictionary<string, object?>? Left(string nodeId, CompiledNode? node)
    {
        for (var round = Loops.RoundBesideOthers(Step); round is not null; round = Loops.RoundBesideOthers(burst.State.Find(round.OwnerNumber)))
        {
            if (burst.State.StepOutputs.TryGetValue(CaseState.KeyInRound(nodeId, round.Number), out var left))
                return left;
            if (IsWithin(node, round.Node))
                return null;
        }

        return burst.State.StepOutputs.GetValueOrDefault(nodeId);
    }

    private static bool IsWithin(CompiledNode? node, CompiledNode round)
    {
        for (; node is not null; node = node.Parent)
        {
            if (ReferenceEquals(node, round))
                return true;
        }

        return false;
    }

    public bool TryRoot(string name, out object? value)
    {
        value = null;
        return _roots is not null && _roots.TryGetValue(name, out value);
    }

    public RootValues RootValues => field ??= new RootValues();

    /// <summary>Fetches the host's values that an expression is about to look at, each once in a burst.</summary>
    public async ValueTask FetchRootsAsync(IReadOnlyList<string> names)
    {
        for (var index = 0; index < names.Count; index++)
        {
            var name = names[index];
            _roots ??= [];
            if (_roots.ContainsKey(name))
                continue;
            foreach (var source in roots)
            {
                if (!source.Types.ContainsKey(name))
                    continue;
                var facts = new CaseFacts(burst.Case.Id, burst.Case.CorrelationId, burst.Case.Reference, burst.Case.CustomerKey);
                _roots[name] = await source.FindAsync(name, facts, burst.CancellationToken);
                break;
            }
        }
    }

    private CaseInput Started => field ??= new CaseInput(burst.State.StartInput);
}
