using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Compilation;

/// <summary>Makes a scenario version ready to run: activities made once, inputs bound, expressions parsed.</summary>
internal sealed class ScenarioCompiler(ActivityRegistry registry, FunctionRegistry functions)
{
    private static readonly ActivityBlueprint Unknown = DescriptorReader.Read(typeof(Activities.Placeholder));
    private readonly ExpressionCompiler _expressions = new(functions);

    /// <summary>The version, ready to run.</summary>
    /// <param name="definition">The scenario.</param>
    /// <param name="versionId">The version's identity.</param>
    /// <param name="tell">Hears of settings that cannot hold what is written there, and the step is a placeholder; where nobody hears, that is a <see cref="ScenarioFormatException"/>.</param>
    public CompiledScenario Compile(ScenarioDefinition definition, string versionId, Action<DefinitionProblem>? tell = null)
    {
        var variables = VariablesOf(definition);
        var build = new Build(this, variables, tell);
        var root = build.Step(definition.Root, null);
        foreach (var node in build.Nodes)
            node.KeepsOutputs = build.ReadSteps.Contains(node.Id) || build.ReadSteps.Contains("*");
        return new CompiledScenario(versionId, definition.DefinitionId, definition.Version, root, build.Nodes, variables, InputTypesOf(definition));
    }

    /// <summary>The names that expressions of a scenario use for its variables.</summary>
    public static Func<string, string?> VariableNames(IReadOnlyList<CompiledVariable> variables)
    {
        var ids = new Dictionary<string, string>();
        foreach (var variable in variables)
        {
            ids.TryAdd(variable.Id, variable.Id);
            ids[variable.Name] = variable.Id;
        }

        return name => ids.GetValueOrDefault(name);
    }

    public static IReadOnlyList<CompiledVariable> VariablesOf(ScenarioDefinition definition)
    {
        var declared = definition.Variables.Concat(definition.AllSteps().SelectMany(step => step.Variables)).DistinctBy(variable => variable.Id).Select(variable =>
        {
            var type = TypeAliases.Find(variable.IsArray ? variable.TypeName + "[]" : variable.TypeName);
            return new CompiledVariable(variable.Id, variable.Name, type, FirstValue(variable, type));
        }).ToList();
        if (definition.AllSteps().Any(step => step.Type is "Elsa.ForEach" or "Elsa.ParallelForEach"))
        {
            // A variable that is called so outside any loop stays the scenario's own there.
            foreach (var (name, type) in new[] { (Loops.CurrentValue, typeof(object)), (Loops.CurrentIndex, typeof(int)) })
            {
                if (!declared.Exists(variable => variable.Id == name))
                    declared.Add(new CompiledVariable(name, name, type, null));
            }
        }

        return declared;
    }

    private static Dictionary<string, Type> InputTypesOf(ScenarioDefinition definition)
    {
        var types = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase);
        foreach (var declared in (definition.Rest["inputs"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (ScenarioReader.Text(declared["name"]) is { } name)
                types[name] = TypeAliases.Find(ScenarioReader.Text(declared["type"]) + (declared["isArray"] is JsonValue array && array.TryGetValue<bool>(out var isArray) && isArray ? "[]" : ""));
        }

        return types;
    }

    public static TextEncoding EncodingOf(InputDescriptor descriptor) => descriptor.UIHint == "html" ? TextEncoding.Html : TextEncoding.Plain;

    private static object? FirstValue(VariableDefinition variable, Type type)
    {
        try
        {
            return ValueConversion.To(variable.Value, type);
        }
        catch (FormatException)
        {
            // The validator reports it; a scenario that was published elsewhere with it begins without a value.
            return null;
        }
    }

    private sealed class Build(ScenarioCompiler compiler, IReadOnlyList<CompiledVariable> variables, Action<DefinitionProblem>? tell)
    {
        private readonly Func<string, string?> _variableId = VariableNames(variables);
        private readonly RootPaths _paths = new();

        public List<CompiledNode> Nodes { get; } = [];

        public HashSet<string> ReadSteps { get; } = [];

        public CompiledNode Step(StepDefinition step, CompiledNode? parent)
        {
            var blueprint = compiler.Find(step.Type) ?? Unknown;
            if (PlainValues(step, blueprint) is not { } plain)
                (blueprint, plain) = (Unknown, []);
            var activity = blueprint.Create();
            activity.Id = step.Id;
            activity.Name = step.Name;
            activity.Type = step.ActivityType;
            foreach (var (slot, value) in plain)
                slot.Set(activity, value);
            var node = new CompiledNode(Nodes.Count, step.Id, activity, blueprint, parent) { CanStart = step.CanStartScenario };
            activity.Node = node;
            Nodes.Add(node);

            BindInputs(step, node);
            BindOutputs(step, node);
            foreach (var slot in blueprint.Embedded)
            {
                if (step.Embedded(slot.Name) is { } embedded)
                    slot.Set(activity, Step(embedded, node).Activity);
            }

            var children = new List<CompiledNode>();
            foreach (var child in step.Steps ?? [])
                children.Add(Step(child, node));
            activity.Bind(new BindingContext(step, node, children, (expression, type) => Expression(expression, type, TextEncoding.Plain)));
            return node;
        }

        private CompiledExpression Expression(Expression expression, Type type, TextEncoding encoding)
        {
            var compiled = compiler._expressions.Compile(expression, type, _variableId, _paths, encoding);
            ReadSteps.UnionWith(compiled.Steps);
            return compiled;
        }

        private void BindInputs(StepDefinition step, CompiledNode node)
        {
            var evaluated = new List<CompiledInput>();
            foreach (var slot in node.Blueprint.Inputs)
            {
                if (!slot.Descriptor.IsWrapped)
                    continue;
                var first = slot.Get(node.Activity);
                if (InputOf(step, slot, first) is not { } input)
                    continue;
                input.Name = slot.Descriptor.Name;
                slot.Set(node.Activity, input);
                if (input.IsConstant)
                    continue;
                var expression = Expression(input.Expression, input.ValueType, EncodingOf(slot.Descriptor));
                if (expression is ConstantExpression constant)
                {
                    // Left empty, it is what its author gave it; where that is nothing and must be something, the case says so.
                    var value = constant.Value ?? (input.MustHaveValue && first is { IsConstant: true } ? first.ConstantValue : null);
                    if (value is not null || !input.MustHaveValue)
                    {
                        input.FixConstant(value);
                        continue;
                    }
                }

                input.Slot = evaluated.Count;
                evaluated.Add(new CompiledInput(input, expression, slot.Descriptor.IsSensitive));
            }

            node.Inputs = [.. evaluated];
            node.Roots = [.. evaluated.SelectMany(input => input.Expression.Roots).Distinct()];
        }

        private static Input? InputOf(StepDefinition step, InputSlot slot, Input? first)
        {
            if (step.Input(slot.Descriptor.Name) is { } drawn)
                return slot.Create(drawn.Expression);
            if (first is not null)
                return first;
            return slot.Descriptor.DefaultValue is { } value ? slot.Create(Authoring.Expression.LiteralExpression(value)) : null;
        }

        /// <summary>The settings that are plain data, as they are drawn; null where one cannot be, and somebody hears of it.</summary>
        private List<(InputSlot Slot, object? Value)>? PlainValues(StepDefinition step, ActivityBlueprint blueprint)
        {
            var values = new List<(InputSlot, object?)>();
            var fits = true;
            foreach (var slot in blueprint.Inputs.Where(slot => !slot.Descriptor.IsWrapped && slot.Property.CanWrite))
            {
                if (step.Properties[slot.Descriptor.Name] is not { } json)
                    continue;
                try
                {
                    values.Add((slot, PlainValue(json, slot.Descriptor.ValueType)));
                }
                catch (Exception exception) when (exception is JsonException or FormatException or NotSupportedException)
                {
                    var problem = Misfit(step, slot.Descriptor, json, exception as JsonException);
                    if (tell is null)
                        throw new ScenarioFormatException($"\"{slot.Descriptor.Name}\" of the step \"{step.Id}\" is not what {step.Type} holds there: {exception.Message}", exception) { Problem = problem };
                    tell(problem);
                    fits = false;
                }
            }

            return fits ? values : null;
        }

        private object? PlainValue(JsonNode json, Type type) =>
            type == typeof(Variable) ? ReadVariable(json)
            : json is JsonValue ? ValueConversion.To(json, type)
            : json.Deserialize(type, EngineJson.Options);

        private static DefinitionProblem Misfit(StepDefinition step, InputDescriptor input, JsonNode json, JsonException? exception) =>
            json is JsonArray or JsonObject && exception?.Path is { Length: > 1 } path
                ? new DefinitionProblem(ProblemSeverity.Error, ProblemCodes.Part, step.Id, input.Name, [input.DisplayName, path[1..].TrimStart('.')])
                : new DefinitionProblem(ProblemSeverity.Error, ProblemCodes.Shape, step.Id, input.Name, [input.DisplayName, ScenarioReader.Shown(json), ResultFit.NameOf(input.ValueType)]);

        /// <summary>A variable as definitions refer to it: its name, or an object that holds its identity and name. The name in it stays what it was where the variable was renamed since.</summary>
        private Variable ReadVariable(JsonNode json)
        {
            var id = json is JsonObject reference ? ScenarioReader.Text(reference["id"]) : null;
            var name = json is JsonObject named ? ScenarioReader.Text(named["name"]) : ScenarioReader.Text(json);
            var declared = id is null ? null : variables.FirstOrDefault(variable => variable.Id == id)?.Name;
            return new Variable(declared ?? name ?? id ?? throw new FormatException($"{ScenarioReader.Shown(json)} names no variable."));
        }

        private static void BindOutputs(StepDefinition step, CompiledNode node)
        {
            foreach (var slot in node.Blueprint.Outputs)
            {
                var output = slot.GetOrCreate(node.Activity);
                output.Name = slot.Descriptor.Name;
                output.VariableId = step.OutputVariable(slot.Descriptor.Name) ?? output.VariableId;
                if (slot.Property.Name == "Result")
                    node.ResultOutput = output;
            }
        }
    }

    private ActivityBlueprint? Find(string type) => registry.Blueprint(type);
}
