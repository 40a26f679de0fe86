using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Compilation;

/// <summary>What an activity may use to prepare itself for the cases of a scenario version.</summary>
internal sealed class BindingContext(StepDefinition step, CompiledNode node, IReadOnlyList<CompiledNode> children, Func<Expression, Type, CompiledExpression> compile)
{
    public StepDefinition Step { get; } = step;

    public CompiledNode Node { get; } = node;

    /// <summary>The steps drawn inside this one.</summary>
    public IReadOnlyList<CompiledNode> Children { get; } = children;

    /// <summary>Compiles a condition that is not one of the form's inputs.</summary>
    public CompiledExpression Compile(Expression expression, Type type) => compile(expression, type);

    /// <summary>Reads an expression as definitions write it.</summary>
    public static Expression? ExpressionOf(JsonNode? json) => InputDefinition.Read(json)?.Expression;
}
