using System.Data.Common;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>One statement of a commit, and what it must do for the commit to stand.</summary>
internal sealed record Statement(string Sql, SqlValue[] Values, string Table, MustTouch MustTouch)
{
    /// <summary>The exception to throw when it touched no row.</summary>
    public Func<Exception>? WhenMissed { get; init; }

    /// <summary>The exception to throw when it broke a unique key.</summary>
    public Func<Exception?, Exception>? WhenTaken { get; init; }
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
