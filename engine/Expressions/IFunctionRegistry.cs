using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>A function of expressions. Errors are returned as <see cref="CelValue.Error"/>; an ArgumentException, FormatException or OverflowException it throws becomes one.</summary>
public delegate CelValue CelFunction(ReadOnlySpan<CelValue> arguments);

/// <summary>The functions and types of the host that expressions can use. Filled at start-up, read from then on.</summary>
public interface IFunctionRegistry
{
    /// <summary>
    /// Adds a function under a name. It can be called as <c>name(a, b)</c> and as <c>a.name(b)</c>. Refuses a second one of
    /// the same name and number of arguments. Calls are checked against the signature when a scenario is saved.
    /// </summary>
    void Register(string name, CelSignature signature, CelFunction function);

    /// <summary>Adds a type whose values expressions compare and add.</summary>
    void RegisterType<T>(CelType<T> type) where T : notnull;

    /// <summary>A value of the host as a value of expressions.</summary>
    CelValue ToCel(object? value);
}
