using System.Collections.Concurrent;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Compilation;

/// <summary>The compiled scenario versions of this process. Published versions never change, so each is compiled once.</summary>
public sealed class CompiledScenarios
{
    private const int MaxKept = 1_000;
    private readonly ConcurrentDictionary<(Guid Tenant, string VersionId), CompiledScenario> _compiled = new();
    private readonly ScenarioCompiler _compiler;

    /// <summary>An empty cache.</summary>
    public CompiledScenarios(ActivityRegistry registry, FunctionRegistry functions)
    {
        _compiler = new ScenarioCompiler(registry, functions);
    }

    internal ScenarioCompiler Compiler => _compiler;

    /// <summary>The version, compiled; null where there is none. Throws <see cref="ScenarioFaultException"/> where it cannot be read.</summary>
    internal async ValueTask<CompiledScenario?> FindAsync(IScenarioStore scenarios, Guid tenantId, string versionId, CancellationToken cancellationToken)
    {
        if (_compiled.TryGetValue((tenantId, versionId), out var known))
            return known;
        if (await scenarios.FindVersionAsync(versionId, cancellationToken) is not { } version)
            return null;
        var compiled = Compile(version);
        if (version.PublishedAt is null)
            return compiled;
        if (_compiled.Count >= MaxKept)
            _compiled.Clear();
        return _compiled.GetOrAdd((tenantId, versionId), compiled);
    }

    // A plugin that was changed, or a build that reads more strictly, can make a version that was published unreadable.
    private CompiledScenario Compile(ScenarioVersion version)
    {
        try
        {
            return _compiler.Compile(ScenarioReader.Read(version.Json) with { DefinitionId = version.DefinitionId, Version = version.Version }, version.Id);
        }
        catch (Exception exception)
        {
            throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.VersionUnreadable, $"Version {version.Version} of the scenario {version.Name} cannot be read any more: {exception.Message}", exception);
        }
    }
}
