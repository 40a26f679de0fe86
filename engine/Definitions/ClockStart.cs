using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>The start of the case that keeps the clock of a published trigger.</summary>
internal static class ClockStart
{
    /// <summary>A version that is published again goes on with its clock, unless that was ended meanwhile: then it gets another.</summary>
    public static async Task<WorkItem> OfAsync(ICaseStore cases, ScenarioVersion version, string nodeId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var ended = 0; ; ended++)
        {
            var start = Burst.StartOfClock(version.TenantId, version.DefinitionId, version.Id, nodeId, ended, now);
            if (version.PublishedAt is null || await cases.FindAsync(start.CaseId, cancellationToken) is not { Status: CaseStatus.Finished })
                return start;
        }
    }
}
