namespace CentralPay.Workflows.Engine.Descriptors;

/// <summary>Two activities have one type name; the first keeps it.</summary>
public sealed class DuplicateActivityException(string typeName, Type present, Type refused)
    : ArgumentException($"Two activities are called {typeName}: {present.FullName} and {refused.FullName}.")
{
    /// <summary>The name both want.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>The activity that has it.</summary>
    public Type Present { get; } = present;
}
