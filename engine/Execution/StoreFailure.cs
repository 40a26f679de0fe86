using System.Data.Common;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>Tells failures of the store, which pass, from what would fail the same way each time.</summary>
public static class StoreFailure
{
    /// <summary>Whether the store failed: what was to be done can be done again. Mappers wrap what the connection threw.</summary>
    public static bool Is(Exception? exception) => exception is not null && (exception is DbException || Is(exception.InnerException));
}
