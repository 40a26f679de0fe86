using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Cases;

/// <summary>Reads of one merchant's scenarios: the committed rows.</summary>
internal sealed class ScenarioStore(Lazy<CollectionsDb> context) : IScenarioStore
{
    private CollectionsDb Db => context.Value;

    public async ValueTask<IReadOnlyList<ScenarioVersion>> LatestAsync(CancellationToken cancellationToken = default) =>
        await Versions().Where(row => row.IsLatest).OrderBy(row => row.Name).ThenBy(row => row.DefinitionId).ToListAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<ScenarioVersion>> VersionsAsync(string definitionId, CancellationToken cancellationToken = default) =>
        await Versions().Where(row => row.DefinitionId == definitionId).OrderByDescending(row => row.Version).ToListAsync(cancellationToken);

    public async ValueTask<ScenarioVersion?> FindVersionAsync(string versionId, CancellationToken cancellationToken = default) =>
        await Versions().FirstOrDefaultAsync(row => row.Id == versionId, cancellationToken);

    public async ValueTask<ScenarioVersion?> PublishedAsync(string definitionId, CancellationToken cancellationToken = default) =>
        await Versions().Where(row => row.DefinitionId == definitionId && row.IsPublished).OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);

    private IQueryable<ScenarioVersion> Versions() => Db.Set<ScenarioVersion>().AsNoTracking();
}
