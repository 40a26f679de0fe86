using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Cases;

/// <summary>Reads of one merchant's starts in the work queue, by their keys: few are there at a time that were asked for by hand.</summary>
internal sealed class QueuedStarts(Lazy<CollectionsDb> context) : IQueuedStarts
{
    public async ValueTask<IReadOnlyList<WorkItem>> OfAsync(string definitionId, string correlationId, CancellationToken cancellationToken = default)
    {
        var (asked, caused) = ($"start:{StimulusRouting.StartKey(definitionId, "asked-")}", $"start:{StimulusRouting.StartKey(definitionId, correlationId)}");
        var starts = await context.Value.Set<WorkItem>().AsNoTracking()
            .Where(row => row.Kind == WorkKind.Start && (row.Key.StartsWith(asked) || row.Key.StartsWith(caused)))
            .ToListAsync(cancellationToken);
        return [.. starts.Where(start => start.Subject?.CorrelationId == correlationId)];
    }
}
