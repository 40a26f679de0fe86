using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;
using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Descriptors;

/// <summary>Reads what an activity type is from its attributes.</summary>
internal static class DescriptorReader
{
    // What every step has of its own: a definition could not tell an input of that name from it.
    private static readonly HashSet<string> OfEveryStep = new(
        ["id", "nodeId", "type", "activities", "connections", "variables", "metadata", "customProperties"], StringComparer.OrdinalIgnoreCase);

    // As these, where it is a bare value; one with an expression is another thing.
    private static readonly HashSet<string> BareOfEveryStep = new(["name", "version", "start"], StringComparer.OrdinalIgnoreCase);

    public static ActivityBlueprint Read(Type type)
    {
        if (type.IsAbstract || !typeof(Activity).IsAssignableFrom(type))
            throw new ArgumentException($"{type.FullName} is not an activity that can be made.", nameof(type));

        var attribute = type.GetCustomAttribute<ActivityAttribute>() ?? new ActivityAttribute();
        var @namespace = attribute.Namespace ?? type.Namespace ?? "";
        var name = attribute.Type ?? type.Name;
        var probe = (Activity)Activator.CreateInstance(type)!;

        var inputs = new List<InputSlot>();
        var outputs = new List<OutputSlot>();
        var embedded = new List<EmbeddedSlot>();
        var ports = new List<PortDescriptor>();
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.GetCustomAttribute<PortAttribute>() is { } port)
            {
                var portName = port.Name ?? CamelCase(property.Name);
                embedded.Add(new EmbeddedSlot(portName, property));
                ports.Add(new PortDescriptor(portName, port.DisplayName ?? Words(property.Name), PortType.Embedded));
            }
            else if (IsWrapped(property.PropertyType, typeof(Input<>)) || property.GetCustomAttribute<InputAttribute>() is not null)
            {
                inputs.Add(InputReader.Read(property, probe));
            }
            else if (IsWrapped(property.PropertyType, typeof(Output<>)))
            {
                outputs.Add(ReadOutput(property));
            }
        }

        RefuseNames(type, inputs.Find(input => !input.Descriptor.IsWrapped && BareOfEveryStep.Contains(input.Descriptor.Name))?.Descriptor.Name, [.. inputs.Select(input => input.Descriptor.Name), .. outputs.Select(output => output.Descriptor.Name), .. embedded.Select(port => port.Name)]);
        var terminal = typeof(ITerminalNode).IsAssignableFrom(type);
        var outcomes = type.GetCustomAttribute<FlowNodeAttribute>()?.Outcomes ?? (terminal ? [] : ["Done"]);
        ports.InsertRange(0, outcomes.Select(outcome => new PortDescriptor(outcome, outcome, PortType.Flow)));
        var trigger = typeof(ITrigger).IsAssignableFrom(type);

        return new ActivityBlueprint(
            type,
            new ActivityDescriptor
            {
                TypeName = @namespace.Length == 0 ? name : $"{@namespace}.{name}",
                Namespace = @namespace,
                Name = name,
                Version = attribute.Version,
                Category = attribute.Category ?? "Other",
                DisplayName = attribute.DisplayName ?? Words(name),
                Description = attribute.Description,
                Kind = trigger && attribute.Kind == ActivityKind.Action ? ActivityKind.Trigger : attribute.Kind,
                IsTrigger = trigger,
                IsStart = typeof(IStartNode).IsAssignableFrom(type),
                IsTerminal = terminal,
                IsContainer = probe.IsFrame,
                HasDynamicOutcomes = probe.DynamicOutcomes is not null,
                Inputs = [.. inputs.Select(input => input.Descriptor).OrderBy(input => input.Order)],
                Outputs = [.. outputs.Select(output => output.Descriptor)],
                Ports = ports,
            },
            inputs,
            outputs,
            embedded);
    }

    private static void RefuseNames(Type type, string? bare, List<string> names)
    {
        if ((bare ?? names.Find(OfEveryStep.Contains)) is { } taken)
            throw new ArgumentException($"An input, output or port of {type.Name} is called \"{taken}\", as a member that every step has. Rename it, or give it another name in its attribute.");
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two of the inputs, outputs and ports of {type.Name} are called \"{twice.Key}\". Rename one, or give it another name in its attribute.");
    }

    private static OutputSlot ReadOutput(PropertyInfo property)
    {
        var attribute = property.GetCustomAttribute<OutputAttribute>() ?? new OutputAttribute();
        var valueType = property.PropertyType.GetGenericArguments()[0];
        return new OutputSlot(
            new OutputDescriptor
            {
                Name = attribute.Name ?? CamelCase(property.Name),
                DisplayName = attribute.DisplayName ?? Words(property.Name),
                Description = attribute.Description,
                TypeName = TypeAliases.Of(valueType),
                ValueType = valueType,
            },
            property);
    }

    public static bool IsWrapped(Type type, Type open) => type.IsGenericType && type.GetGenericTypeDefinition() == open;

    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>"TimeLimit" reads "Time limit".</summary>
    public static string Words(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var index = 0; index < name.Length; index++)
        {
            var starts = index > 0 && char.IsUpper(name[index]) && !char.IsUpper(name[index - 1]);
            if (starts)
                text.Append(' ');
            var acronym = char.IsUpper(name[index]) && index + 1 < name.Length && char.IsUpper(name[index + 1]);
            text.Append(starts && !acronym ? char.ToLowerInvariant(name[index]) : name[index]);
        }

        return text.ToString();
    }

    public static bool IsRequired(PropertyInfo property) => property.GetCustomAttribute<RequiredAttribute>() is not null;
}
