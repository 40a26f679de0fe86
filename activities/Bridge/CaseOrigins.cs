using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Payouts;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>Who published the scenario versions that cases run on: the payouts they ask for are not signed by the same person.</summary>
public sealed class CaseOrigins(ICaseStore cases, IScenarioStore scenarios) : ICaseOrigins
{
    /// <inheritdoc />
    public async ValueTask<IReadOnlyDictionary<Guid, string>> PublishersAsync(IReadOnlyCollection<Guid> caseIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caseIds);
        var publishers = new Dictionary<Guid, string>();
        var versions = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var caseId in caseIds)
        {
            if (await cases.FindAsync(caseId, cancellationToken) is not { } found)
            {
                continue;
            }

            if (!versions.TryGetValue(found.DefinitionVersionId, out var publisher))
            {
                publisher = (await scenarios.FindVersionAsync(found.DefinitionVersionId, cancellationToken))?.PublishedBy;
                versions[found.DefinitionVersionId] = publisher;
            }

            if (publisher is not null)
            {
                publishers[caseId] = publisher;
            }
        }

        return publishers;
    }
}
