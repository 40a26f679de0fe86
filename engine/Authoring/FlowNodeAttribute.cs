namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>The outcomes an activity of a flowchart leaves by; without it there is one, <c>Done</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FlowNodeAttribute(params string[] outcomes) : Attribute
{
    /// <summary>The outcomes, in the order they are drawn.</summary>
    public IReadOnlyList<string> Outcomes { get; } = outcomes;
}
