using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Goes on by one of two ways.</summary>
[Activity("Elsa", "Branching", "Go on by True or False, as a condition says.", DisplayName = "Decision")]
[FlowNode("True", "False")]
public sealed class FlowDecision : Activity
{
    /// <summary>The condition.</summary>
    [Input(Description = "The condition.", DefaultSyntax = "CEL")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<bool> Condition { get; set; } = default!;

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var holds = context.Get(Condition);
        // An evaluated input is in the journal anyway.
        if (Condition.IsConstant)
            context.JournalData["condition"] = holds;
        await context.CompleteActivityWithOutcomesAsync(holds ? "True" : "False");
    }
}

/// <summary>Goes on by the first case whose condition holds, or by all of them; by Default where none does.</summary>
[Activity("Elsa", "Branching", "Go on by the case whose condition holds.", DisplayName = "Switch")]
[FlowNode("Default")]
public sealed class FlowSwitch : Activity
{
    private (string Label, string Name, CompiledExpression Condition)[] _cases = [];

    /// <summary>The cases, in the order they are asked.</summary>
    [Input(Description = "The cases, in the order they are asked.", UIHint = "flow-switch-editor")]
    public ICollection<FlowSwitchCase> Cases { get; set; } = [];

    /// <summary>Whether the first case that holds is taken, or every one.</summary>
    [Input(Description = "Whether the first case that holds is taken, or every one.")]
    public Input<SwitchMode> Mode { get; set; } = new(SwitchMode.MatchFirst);

    internal override IReadOnlyList<string> DynamicOutcomes => [.. Cases.Select(one => one.Label), "Default"];

    internal IReadOnlyList<(string Label, string Name, CompiledExpression Condition)> Conditions => _cases;

    internal override void Bind(BindingContext binding)
    {
        var drawn = binding.Step.Properties["cases"] as System.Text.Json.Nodes.JsonArray ?? [];
        Cases = [.. drawn.OfType<System.Text.Json.Nodes.JsonObject>().Select(FlowSwitchCase.Read)];
        _cases = [.. Cases.Select(one => (one.Label, $"cases.{one.Label}", binding.Compile(one.Condition, typeof(bool))))];
    }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var matches = new List<string>();
        foreach (var (label, name, condition) in _cases)
        {
            if (!(bool)await context.Burst.EvaluateAsync(name, condition, typeof(bool)))
                continue;
            matches.Add(label);
            if (context.Get(Mode) == SwitchMode.MatchFirst)
                break;
        }

        await context.CompleteActivityWithOutcomesAsync(matches.Count == 0 ? ["Default"] : [.. matches]);
    }
}

/// <summary>One way out of a switch.</summary>
public sealed record FlowSwitchCase
{
    /// <summary>The outcome it leaves by.</summary>
    public required string Label { get; init; }

    /// <summary>When it is taken.</summary>
    public required Expression Condition { get; init; }

    internal static FlowSwitchCase Read(System.Text.Json.Nodes.JsonObject json) => new()
    {
        Label = json["label"]?.GetValue<string>() ?? "",
        Condition = BindingContext.ExpressionOf(json["condition"]) ?? Expression.LiteralExpression(false),
    };
}

/// <summary>How many cases of a switch are taken.</summary>
public enum SwitchMode
{
    /// <summary>The first that holds.</summary>
    MatchFirst,

    /// <summary>Every one that holds.</summary>
    MatchAny,
}
