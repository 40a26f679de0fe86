using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>
/// Values of the host that expressions name directly: with <c>invoice</c> given, <c>invoice.amount</c> works. Scoped to a
/// tenant. A value is a dictionary, a list, a string, a number, a bool, an instant, a type registered with
/// <see cref="IFunctionRegistry"/>, or an object that System.Text.Json can write.
/// </summary>
public interface IExpressionRoots
{
    /// <summary>
    /// The names it gives, and what each holds: expressions are checked against it when a scenario is saved.
    /// <see cref="CelType.Dyn"/> where that is known only in a case; <see cref="CelRecord{T}"/> for things with members.
    /// </summary>
    IReadOnlyDictionary<string, CelType> Types { get; }

    /// <summary>The value of a name for a case, asked at most once in a burst; null where there is none.</summary>
    ValueTask<object?> FindAsync(string name, CaseFacts facts, CancellationToken cancellationToken);
}

/// <summary>Which case an expression is evaluated for.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="CorrelationId">The business object it is about.</param>
/// <param name="Reference">What people call that object.</param>
/// <param name="CustomerKey">The customer's key.</param>
public sealed record CaseFacts(Guid CaseId, string? CorrelationId, string? Reference, string? CustomerKey);
