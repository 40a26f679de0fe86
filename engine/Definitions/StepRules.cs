using System.Globalization;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>What must hold for a step by itself.</summary>
internal static class StepRules
{
    public static void Check(StepDefinition step, ActivityDescriptor descriptor, CompiledNode node, CompiledScenario compiled, ExpressionTypes types, ProblemList problems)
    {
        foreach (var input in descriptor.Inputs)
            CheckInput(step, node, input, problems);
        CheckShapes(step, descriptor, problems);
        var labels = descriptor.Inputs.ToDictionary(input => input.Name, input => input.DisplayName);
        foreach (var input in node.Inputs)
            CheckExpression(step, input.Input.Name, labels.GetValueOrDefault(input.Input.Name, input.Input.Name), input.Expression, types, WantedBy(node, input, compiled), problems);
        if (node.Activity is FlowJoin { Mode.IsConstant: false })
            problems.Error(ProblemCodes.NeedsLiteral, step.Id, nameof(FlowJoin.Mode), labels.GetValueOrDefault(nameof(FlowJoin.Mode), nameof(FlowJoin.Mode)));
        foreach (var (label, name, condition) in (node.Activity as FlowSwitch)?.Conditions ?? [])
            CheckExpression(step, name, label, condition, types, typeof(bool), problems);
        foreach (var output in descriptor.Outputs)
        {
            if (step.OutputVariable(output.Name) is { } variable && !compiled.VariablesById.ContainsKey(variable))
                problems.Error(ProblemCodes.UnknownVariable, step.Id, output.Name, variable);
        }

        // What stands where the activity has no place for a step is never run.
        foreach (var (_, stray) in step.EmbeddedSteps().Where(embedded => compiled.Find(embedded.Step.Id) is null))
            problems.Error(ProblemCodes.Unconnected, stray.Id);
    }

    /// <summary>What is neither a value nor an expression would be passed over, as if nothing were written there.</summary>
    private static void CheckShapes(StepDefinition step, ActivityDescriptor descriptor, ProblemList problems)
    {
        foreach (var input in descriptor.Inputs.Where(input => input.IsWrapped && !IsRead(step.Properties[input.Name])))
            problems.Error(ProblemCodes.NoExpression, step.Id, input.Name, input.DisplayName, ScenarioReader.Shown(step.Properties[input.Name]));
        foreach (var output in descriptor.Outputs.Where(output => step.Properties[output.Name] is { } written && !NamesAVariable(written)))
            problems.Warn(ProblemCodes.OutputShape, step.Id, output.Name, output.DisplayName, ScenarioReader.Shown(step.Properties[output.Name]));
    }

    private static bool IsRead(JsonNode? written) => written is not JsonObject input || (input["expression"] switch
    {
        null => input.Count == 0 || input.ContainsKey("typeName") || input.ContainsKey("expression") || InputDefinition.Read(input) is not null,
        JsonObject expression => expression["type"] is null || ScenarioReader.Text(expression["type"]) is not null,
        _ => false,
    });

    private static bool NamesAVariable(JsonNode written) =>
        written is JsonObject output && (output["memoryReference"] is null || (output["memoryReference"] is JsonObject memory && (memory["id"] is null || ScenarioReader.Text(memory["id"]) is not null)));

    /// <summary>What an input's value is for: what a step puts into a variable becomes what the variable holds.</summary>
    private static Type WantedBy(CompiledNode node, CompiledInput input, CompiledScenario compiled) =>
        node.Activity is SetVariable { Variable: { } variable } set && ReferenceEquals(set.Value, input.Input)
        && compiled.VariablesById.TryGetValue(compiled.VariableId(variable.Name), out var declared)
            ? declared.ValueType
            : input.Input.ValueType;

    private static void CheckInput(StepDefinition step, CompiledNode node, InputDescriptor input, ProblemList problems)
    {
        var slot = node.Blueprint.Inputs.First(each => each.Descriptor.Name == input.Name);
        if (!input.Required)
            return;
        var value = input.IsWrapped ? slot.Get(node.Activity) : slot.Property.GetValue(node.Activity);
        var missing = value is null
            || node.Inputs.Any(given => ReferenceEquals(given.Input, value) && given.Expression is ConstantExpression)
            || (value is Authoring.Input { IsConstant: true } constant && (constant.ConstantValue is null or "" || IsFirstValue(constant.ConstantValue, step, input)));
        if (missing)
            problems.Error(ProblemCodes.MissingInput, step.Id, input.Name, input.DisplayName);
    }

    /// <summary>A required span, date or identity that was left at nothing is missing; a number or truth value may well be zero.</summary>
    private static bool IsFirstValue(object value, StepDefinition step, InputDescriptor input) =>
        step.Input(input.Name)?.Expression.Value is null && value is TimeSpan or DateTimeOffset or Guid && value.Equals(Activator.CreateInstance(value.GetType()));

    private static void CheckExpression(StepDefinition step, string inputName, string label, CompiledExpression expression, ExpressionTypes types, Type wanted, ProblemList problems)
    {
        if (expression.Problem is { UnsupportedSyntax: { } syntax })
        {
            problems.Error(ProblemCodes.UnsupportedSyntax, step.Id, inputName, label, syntax);
            return;
        }

        if (expression.Problem is { } problem)
        {
            string[] arguments = [problem.Message, problem.Line.ToString(CultureInfo.InvariantCulture), problem.Column.ToString(CultureInfo.InvariantCulture)];
            problems.Add(new DefinitionProblem(ProblemSeverity.Error, ProblemCodes.Expression, step.Id, inputName, arguments) { Place = new TextPlace(problem.Line, problem.Column), Suggestion = problem.Suggestion });
            return;
        }

        foreach (var finding in expression.Check(types, wanted))
        {
            var severity = finding.IsDoubt ? ProblemSeverity.Warning : ProblemSeverity.Error;
            problems.Add(new DefinitionProblem(severity, finding.Code, step.Id, inputName, finding.Arguments) { Place = finding.Place, Suggestion = finding.Suggestion });
        }
    }
}
