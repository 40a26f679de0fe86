using System.Buffers;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>Tells failures of the store, which pass, from what would fail the same way each time.</summary>
public static class StoreFailure
{
    /// <summary>The cause of incidents where no try helped.</summary>
    public const string Cause = nameof(System.Data.Common.DbException);

    // SQLite has no SQLSTATE, and its number stands in its own type and at the beginning of its message: too big, constraint, mismatch.
    private static readonly SearchValues<string> SqliteOfTheValue = SearchValues.Create(["SQLite Error 18:", "SQLite Error 19:", "SQLite Error 20:"], StringComparison.Ordinal);

    /// <summary>Whether the store failed: what was to be done can be done again. Mappers wrap what the connection threw; a value that the store cannot take (SQLSTATE 22, 23) does not pass.</summary>
    public static bool Is(Exception? exception) => exception is not null && (exception is System.Data.Common.DbException store ? !IsOfTheValue(store) : Is(exception.InnerException));

    /// <summary>Notes the step in which it failed.</summary>
    internal static void SetStep(Exception exception, string nodeId) => exception.Data[nameof(StoreFailure)] = nodeId;

    /// <summary>The step in which it failed; null where it was none.</summary>
    internal static string? StepOf(Exception exception) => exception.Data[nameof(StoreFailure)] as string;

    private static bool IsOfTheValue(System.Data.Common.DbException exception) =>
        exception.SqlState is ['2', '2' or '3', ..] || (exception.SqlState is null && exception.Message.AsSpan().IndexOfAny(SqliteOfTheValue) == 0);
}
