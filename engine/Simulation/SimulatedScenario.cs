using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Simulation;

/// <summary>
/// A version of a scenario, published or not, as simulated cases run on it; besides it the published versions of the
/// scenarios that it may run within.
/// </summary>
public sealed class SimulatedScenario
{
    private readonly ScenarioVersion[] _versions;
    private readonly IReadOnlyList<TriggerEntry> _triggers;

    private SimulatedScenario(ScenarioVersion[] versions, IReadOnlyList<TriggerEntry> triggers, IReadOnlySet<string> beginnings)
    {
        _versions = versions;
        _triggers = triggers;
        Beginnings = beginnings;
    }

    /// <summary>The version that is simulated.</summary>
    public ScenarioVersion Version => _versions[0];

    /// <summary>The types of the activities that begin its cases.</summary>
    public IReadOnlySet<string> Beginnings { get; }

    /// <summary>Makes a version ready. Throws <see cref="ScenarioFormatException"/> where it cannot be read.</summary>
    /// <param name="version">The version, a draft as well.</param>
    /// <param name="published">The published versions of the tenant's scenarios.</param>
    /// <param name="compiled">Knows the installed activities.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static async ValueTask<SimulatedScenario> PrepareAsync(ScenarioVersion version, IEnumerable<ScenarioVersion> published, CompiledScenarios compiled, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(compiled);
        var scenario = compiled.Compiler.Compile(ScenarioReader.Read(version.Json) with { DefinitionId = version.DefinitionId, Version = version.Version }, version.Id);
        var triggers = await TriggerIndex.ReadAsync(scenario, cancellationToken);
        var versions = published.Where(other => other.DefinitionId != version.DefinitionId).Prepend(AsPublished(version)).ToArray();
        return new SimulatedScenario(versions, triggers, scenario.Triggers.Select(trigger => trigger.Activity.Type).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Appends the versions and the simulated one's triggers to an empty store. No other scenario begins a case by itself.</summary>
    public void AppendTo(IEngineUnitOfWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        foreach (var version in _versions)
            work.Append(new ScenarioVersionSaved(version, 0));
        work.Append(new TriggersIndexed(Version.DefinitionId, _triggers));
    }

    // A version is compiled once where it cannot change any more: while it is simulated this one cannot.
    private static ScenarioVersion AsPublished(ScenarioVersion version) => version with { IsLatest = true, IsPublished = true, PublishedAt = version.PublishedAt ?? version.ChangedAt };
}
