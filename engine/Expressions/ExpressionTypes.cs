using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>All that the expressions of a scenario can name, with its types.</summary>
internal sealed class ExpressionTypes
{
    /// <summary>The variables, by identity.</summary>
    public required IReadOnlyDictionary<string, CelType> VariablesById { get; init; }

    /// <summary>What <c>variables</c>, <c>input</c> and <c>steps</c> hold.</summary>
    public required IReadOnlyDictionary<string, CelType> Realms { get; init; }

    /// <summary>The host's values; null where they are not known, and any name may be one.</summary>
    public required IReadOnlyDictionary<string, CelType>? Roots { get; init; }

    /// <summary>The names of the scenario's variables.</summary>
    public required IReadOnlyCollection<string> VariableNames { get; init; }

    /// <summary>Every name that can stand alone.</summary>
    public IEnumerable<string> Names => VariableNames.Concat(Roots?.Keys ?? []).Concat(Realms.Keys);

    public CelType Variable(string id) => VariablesById.GetValueOrDefault(id, CelType.Dyn);

    public CelType Realm(string name) => Realms.GetValueOrDefault(name, CelType.Dyn);

    /// <summary>The type of a value of the host; null where nobody gives it.</summary>
    public CelType? Root(string name) => Roots is null ? CelType.Dyn : Roots.GetValueOrDefault(name);
}
