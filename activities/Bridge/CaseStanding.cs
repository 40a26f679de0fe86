using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>How cases and scenarios stand, for the domain that knows neither.</summary>
public sealed class CaseStanding(ICaseStore cases, IScenarioStore scenarios) : ICaseStanding
{
    private const string ReturnTrigger = "CentralPay.DebitReturned";

    /// <inheritdoc />
    public async ValueTask<bool> IsPausedAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        await cases.FindAsync(caseId, cancellationToken) is { Status: CaseStatus.Running, SubStatus: CaseSubStatus.Paused };

    /// <inheritdoc />
    public async ValueTask<bool> FollowsReturnedDebitsAsync(CancellationToken cancellationToken = default)
    {
        foreach (var newest in await scenarios.LatestAsync(cancellationToken))
        {
            var inService = newest.IsPublished ? newest : await scenarios.PublishedAsync(newest.DefinitionId, cancellationToken);
            if (inService is not null && ScenarioReader.ReadOrNull(inService.Json)?.AllSteps().Any(step => step.Type == ReturnTrigger && step.CanStartScenario) == true)
            {
                return true;
            }
        }

        return false;
    }
}
