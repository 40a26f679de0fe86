namespace CentralPay.Workflows.Engine.Execution;

/// <summary>Tells failures of the store, which pass, from what would fail the same way each time.</summary>
public static class StoreFailure
{
    /// <summary>Whether the store failed: what was to be done can be done again. Mappers wrap what the connection threw; a value that the store cannot take (SQLSTATE 22, 23) does not pass.</summary>
    public static bool Is(Exception? exception) => exception is not null && (exception is System.Data.Common.DbException store ? !IsOfTheValue(store) : Is(exception.InnerException));

    private static bool IsOfTheValue(System.Data.Common.DbException exception) => exception.SqlState is ['2', '2' or '3', ..];
}
