using System.Collections.Frozen;
using System.Reflection;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Descriptors;

/// <summary>How to make activities of a type and reach into them. All reflection on activities happens here, never while a case runs.</summary>
internal sealed class ActivityBlueprint
{
    private readonly ConstructorInvoker _constructor;

    public ActivityBlueprint(Type type, ActivityDescriptor descriptor, IReadOnlyList<InputSlot> inputs, IReadOnlyList<OutputSlot> outputs, IReadOnlyList<EmbeddedSlot> embedded)
    {
        Type = type;
        Descriptor = descriptor;
        Inputs = inputs;
        Outputs = outputs;
        BoundOutputs = outputs.Where(output => DeclaredTypes.Bind(output.Descriptor.ValueType))
            .ToFrozenDictionary(output => output.Descriptor.Name, output => output.Descriptor.ValueType);
        Embedded = embedded;
        _constructor = ConstructorInvoker.Create(type.GetConstructor(Type.EmptyTypes)
            ?? throw new ArgumentException($"The activity {type.FullName} needs a public constructor without parameters."));
        Callbacks = FindCallbacks<ExecuteActivityDelegate>(type, typeof(ActivityExecutionContext));
        CompletionCallbacks = FindCallbacks<ActivityCompletionCallback>(type, typeof(ActivityCompletedContext));
    }

    public Type Type { get; }

    public ActivityDescriptor Descriptor { get; }

    public IReadOnlyList<InputSlot> Inputs { get; }

    public IReadOnlyList<OutputSlot> Outputs { get; }

    /// <summary>The types of those outputs whose values are brought to them when they are read (<see cref="DeclaredTypes.Bind"/>), by name.</summary>
    public FrozenDictionary<string, Type> BoundOutputs { get; }

    public IReadOnlyList<EmbeddedSlot> Embedded { get; }

    /// <summary>The methods a bookmark can go on at, by name.</summary>
    public FrozenDictionary<string, MethodInfo> Callbacks { get; }

    public FrozenDictionary<string, MethodInfo> CompletionCallbacks { get; }

    public Activity Create()
    {
        var activity = (Activity)_constructor.Invoke()!;
        activity.Type = Descriptor.TypeName;
        activity.Version = Descriptor.Version;
        return activity;
    }

    private static FrozenDictionary<string, MethodInfo> FindCallbacks<TDelegate>(Type type, Type parameter) where TDelegate : Delegate
    {
        var found = new Dictionary<string, MethodInfo>();
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (var method in level.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (method.ReturnType == typeof(ValueTask) && method.GetParameters() is [var only] && only.ParameterType == parameter)
                    found.TryAdd(method.Name, method);
            }
        }

        return found.ToFrozenDictionary();
    }
}

/// <summary>An input property: a wrapped <see cref="Input{T}"/>, or plain data.</summary>
internal sealed record InputSlot(InputDescriptor Descriptor, PropertyInfo Property, ConstructorInfo? FromExpression)
{
    public Input? Get(Activity activity) => Property.GetValue(activity) as Input;

    public Input Create(Expression expression) => (Input)FromExpression!.Invoke([expression]);

    public void Set(Activity activity, object? value) => Property.SetValue(activity, value);
}

/// <summary>An output property.</summary>
internal sealed record OutputSlot(OutputDescriptor Descriptor, PropertyInfo Property)
{
    public Output GetOrCreate(Activity activity)
    {
        if (Property.GetValue(activity) is Output output)
            return output;
        output = (Output)Activator.CreateInstance(Property.PropertyType)!;
        Property.SetValue(activity, output);
        return output;
    }
}

/// <summary>A property that holds an embedded activity.</summary>
internal sealed record EmbeddedSlot(string Name, PropertyInfo Property)
{
    public void Set(Activity activity, Activity child) => Property.SetValue(activity, child);
}
