namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>A value a step leaves behind; where the definition binds it, it is written to a variable.</summary>
public abstract class Output
{
    private protected Output(string? variableId)
    {
        VariableId = variableId;
    }

    /// <summary>The variable it is written to; null for none.</summary>
    public string? VariableId { get; internal set; }

    /// <summary>What the value is.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Its name in definitions.</summary>
    internal string Name { get; set; } = "";
}

/// <summary>A value of a known type that a step leaves behind.</summary>
/// <typeparam name="T">What the value is.</typeparam>
public sealed class Output<T> : Output
{
    /// <summary>An output that later steps read by the step's name.</summary>
    public Output() : base(null)
    {
    }

    /// <summary>An output written to a variable.</summary>
    public Output(Variable variable) : base(variable.Id)
    {
    }

    /// <inheritdoc />
    public override Type ValueType => typeof(T);

    /// <summary>Leaves the value behind.</summary>
    public void Set(ActivityExecutionContext context, T? value) => context.Set(this, value);
}
