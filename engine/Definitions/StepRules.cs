using System.Globalization;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>What must hold for a step by itself.</summary>
internal static class StepRules
{
    public static void Check(StepDefinition step, ActivityDescriptor descriptor, CompiledScenario compiled, IReadOnlyCollection<string>? rootNames, ProblemList problems)
    {
        var node = compiled.Find(step.Id)!;
        foreach (var input in descriptor.Inputs)
            CheckInput(step, node, input, problems);
        var labels = descriptor.Inputs.ToDictionary(input => input.Name, input => input.DisplayName);
        foreach (var input in node.Inputs)
            CheckExpression(step, input.Input.Name, labels.GetValueOrDefault(input.Input.Name, input.Input.Name), input.Expression, rootNames, problems);
        foreach (var (label, condition) in (node.Activity as FlowSwitch)?.Conditions ?? [])
            CheckExpression(step, $"cases.{label}", label, condition, rootNames, problems);
        foreach (var output in descriptor.Outputs)
        {
            if (step.OutputVariable(output.Name) is { } variable && !compiled.VariablesById.ContainsKey(variable))
                problems.Error(ProblemCodes.UnknownVariable, step.Id, output.Name, variable);
        }
    }

    private static void CheckInput(StepDefinition step, CompiledNode node, InputDescriptor input, ProblemList problems)
    {
        var slot = node.Blueprint.Inputs.First(each => each.Descriptor.Name == input.Name);
        if (!input.Required)
            return;
        var value = input.IsWrapped ? slot.Get(node.Activity) : slot.Property.GetValue(node.Activity);
        var missing = value is null
            || (value is Authoring.Input { IsConstant: true } constant && (constant.ConstantValue is null or "" || IsFirstValue(constant.ConstantValue, step, input)));
        if (missing)
            problems.Error(ProblemCodes.MissingInput, step.Id, input.Name, input.DisplayName);
    }

    /// <summary>A required span, date or identity that was left at nothing is missing; a number or truth value may well be zero.</summary>
    private static bool IsFirstValue(object value, StepDefinition step, InputDescriptor input) =>
        step.Input(input.Name)?.Expression.Value is null && value is TimeSpan or DateTimeOffset or Guid && value.Equals(Activator.CreateInstance(value.GetType()));

    private static void CheckExpression(StepDefinition step, string inputName, string label, CompiledExpression expression, IReadOnlyCollection<string>? rootNames, ProblemList problems)
    {
        if (expression.Problem is { UnsupportedSyntax: { } syntax })
        {
            problems.Error(ProblemCodes.UnsupportedSyntax, step.Id, inputName, label, syntax);
            return;
        }

        if (expression.Problem is { } problem)
        {
            problems.Error(ProblemCodes.Expression, step.Id, inputName, problem.Message, problem.Line.ToString(CultureInfo.InvariantCulture), problem.Column.ToString(CultureInfo.InvariantCulture));
            return;
        }

        if (rootNames is null || expression is TextExpression)
            return;
        foreach (var name in expression.Roots.Except(rootNames))
            problems.Error(ProblemCodes.UnknownName, step.Id, inputName, name);
    }
}
