using System.Collections.Frozen;

namespace CentralPay.Workflows.Payments.Rules;

/// <summary>The life of something as data: which event leads from which state to which. A pair that is not in it cannot happen.</summary>
public sealed class StateTable<TState, TEvent>
    where TState : notnull
    where TEvent : notnull
{
    private readonly FrozenDictionary<(TState State, TEvent Happened), TState> rows;

    /// <summary>A table of its rows.</summary>
    public StateTable(params (TState State, TEvent Happened, TState Next)[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Rows = rows;
        this.rows = rows.ToFrozenDictionary(row => (row.State, row.Happened), row => row.Next);
    }

    /// <summary>The rows, in the order they were written.</summary>
    public IReadOnlyList<(TState State, TEvent Happened, TState Next)> Rows { get; }

    /// <summary>Whether the event can happen in the state.</summary>
    public bool Allows(TState state, TEvent happened) => rows.ContainsKey((state, happened));

    /// <summary>The state after the event; throws <see cref="IllegalTransitionException"/> when it cannot happen.</summary>
    public TState After(TState state, TEvent happened) =>
        rows.TryGetValue((state, happened), out var next) ? next : throw new IllegalTransitionException($"{state}", $"{happened}");
}

/// <summary>An event that cannot follow on the state: a defect of the caller, never something to go on after.</summary>
public sealed class IllegalTransitionException(string state, string happened)
    : InvalidOperationException($"'{happened}' cannot happen in the state '{state}'.")
{
    /// <summary>The state it was in.</summary>
    public string State { get; } = state;

    /// <summary>What cannot follow.</summary>
    public string Happened { get; } = happened;
}
