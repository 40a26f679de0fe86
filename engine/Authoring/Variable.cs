namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>A value of a case that steps read and write by name.</summary>
public class Variable
{
    /// <summary>A variable with a name.</summary>
    public Variable(string name)
    {
        Id = name;
        Name = name;
    }

    /// <summary>A variable with a name and a first value.</summary>
    public Variable(string name, object? value) : this(name)
    {
        Value = value;
    }

    /// <summary>Its identity in the scenario.</summary>
    public string Id { get; set; }

    /// <summary>Its name.</summary>
    public string Name { get; set; }

    /// <summary>Its first value.</summary>
    public object? Value { get; set; }

    /// <summary>What its values are.</summary>
    public virtual Type ValueType => typeof(object);
}

/// <summary>A value of a case, of a known type.</summary>
/// <typeparam name="T">What its values are.</typeparam>
public class Variable<T> : Variable
{
    /// <summary>A variable with a name.</summary>
    public Variable(string name) : base(name)
    {
    }

    /// <summary>A variable with a name and a first value.</summary>
    public Variable(string name, T value) : base(name, value)
    {
    }

    /// <inheritdoc />
    public override Type ValueType => typeof(T);
}
