namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>How a person's act on a case is committed while the case itself goes on.</summary>
internal static class DecidedCommit
{
    private const int MostConflicts = 5;

    /// <summary>
    /// Appends what is decided on the rows as they are, and commits it; where somebody moved one of them first, it is decided
    /// again on what is there now. Nothing is committed where nothing was appended.
    /// </summary>
    public static async Task<T> CommitDecidedAsync<T>(this IEngineUnitOfWork work, Func<Task<T>> decide, CancellationToken cancellationToken)
    {
        var mark = work.Position;
        for (var conflict = 1; ; conflict++)
        {
            var decided = await decide();
            if (work.Position == mark)
                return decided;
            try
            {
                await work.CommitAsync(cancellationToken);
                return decided;
            }
            catch (RevisionConflictException) when (conflict < MostConflicts)
            {
                work.CutBack(mark);
            }
        }
    }
}
