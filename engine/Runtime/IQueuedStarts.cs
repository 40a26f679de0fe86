namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Starts of cases that were asked for and have not begun yet. Scoped to a tenant.</summary>
public interface IQueuedStarts
{
    /// <summary>
    /// The committed starts of a scenario about a subject: those that a person or a program asked for under a key, and the one that
    /// the subject itself caused. Read before the cases: a start that is found in neither was not there.
    /// </summary>
    ValueTask<IReadOnlyList<WorkItem>> OfAsync(string definitionId, string correlationId, CancellationToken cancellationToken = default);
}
