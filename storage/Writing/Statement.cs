using System.Data.Common;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>One statement of a commit, and what it must do for the commit to stand.</summary>
internal sealed record Statement(SqlText Text, SqlValue[] Values, string Table, MustTouch MustTouch)
{
    /// <summary>The exception to throw when it touched no row.</summary>
    public Func<Exception>? WhenMissed { get; init; }

    /// <summary>The exception to throw when it broke a unique key.</summary>
    public Func<Exception?, Exception>? WhenTaken { get; init; }

    /// <summary>What it says.</summary>
    public string Sql => Text.Alone;
}

/// <summary>
/// What a statement says of the values of one row, and what it says of many rows at once, whose values come as a list for
/// each parameter; null where the database or the statement has no such way.
/// </summary>
internal sealed record SqlText(string Alone, string? Many = null)
{
    public static implicit operator SqlText(string alone) => new(alone);
}

/// <summary>How many rows a statement must touch.</summary>
internal enum MustTouch
{
    /// <summary>As many as there are.</summary>
    Anything,

    /// <summary>Exactly one.</summary>
    OneRow,
}

/// <summary>A question of a commit, and what takes its rows.</summary>
internal sealed record Query(string Sql, SqlValue[] Values, Action<DbDataReader> Read);
