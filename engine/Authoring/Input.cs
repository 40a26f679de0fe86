using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>A value given to a step: a literal, a variable, or an expression evaluated when the step runs.</summary>
public abstract class Input
{
    private protected Input(Expression expression)
    {
        Expression = expression;
    }

    /// <summary>How the value is got.</summary>
    public Expression Expression { get; }

    /// <summary>What the value is.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Its name in definitions.</summary>
    internal string Name { get; set; } = "";

    /// <summary>Where its value stands among the values of a running step; -1 for a constant.</summary>
    internal int Slot { get; set; } = -1;

    internal abstract bool IsConstant { get; }

    /// <summary>Whether its type has no way to say "nothing": an amount, a span, a truth value.</summary>
    internal bool MustHaveValue => DeclaredTypes.MustBeSomething(ValueType);

    /// <summary>The value, where it needs no case.</summary>
    internal abstract object? ConstantValue { get; }

    /// <summary>A value of the evaluation, turned into what the input holds; throws <see cref="FormatException"/> where it cannot be, and where it must be something and is nothing.</summary>
    internal abstract object? Convert(object? value);

    /// <summary>Sets the constant of an input whose expression turned out to need no case.</summary>
    internal abstract void FixConstant(object? value);
}

/// <summary>A value of a known type given to a step.</summary>
/// <typeparam name="T">What the value is.</typeparam>
public sealed class Input<T> : Input
{
    private T? _constant;
    private bool _isConstant;

    /// <summary>A literal.</summary>
    public Input(T literal) : base(Expression.LiteralExpression(literal))
    {
        _constant = literal;
        _isConstant = true;
    }

    /// <summary>The value a variable has when the step runs.</summary>
    public Input(Variable variable) : base(new Expression("Variable", variable))
    {
    }

    /// <summary>The value an expression has when the step runs.</summary>
    public Input(Expression expression) : base(expression)
    {
    }

    /// <inheritdoc />
    public override Type ValueType => typeof(T);

    /// <summary>The value in a running step; throws where it has none.</summary>
    public T Get(ActivityExecutionContext context) =>
        GetOrDefault(context) ?? throw new InvalidOperationException($"The input \"{Name}\" of the step \"{context.NodeId}\" has no value.");

    /// <summary>The value in a running step, or the default.</summary>
    public T? GetOrDefault(ActivityExecutionContext context)
    {
        if (_isConstant)
            return context.TryGetCorrected(Name, out var corrected) ? ValueConversion.To<T>(corrected) : _constant;
        return context.InputValue(Slot) is T value ? value : default;
    }

    internal override bool IsConstant => _isConstant;

    internal override object? ConstantValue => _constant;

    internal bool TryGetConstant(out T? value)
    {
        value = _constant;
        return _isConstant;
    }

    // Nothing is not zero, and not false: a wait that is not known must not end at once.
    internal override object? Convert(object? value) =>
        ValueConversion.To(value, ValueType) ?? (MustHaveValue ? throw new FormatException("It is empty.") : null);

    internal override void FixConstant(object? value)
    {
        _constant = value is null ? default : (T)value;
        _isConstant = true;
    }
}
