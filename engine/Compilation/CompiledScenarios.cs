using System.Collections.Concurrent;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
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

    internal async ValueTask<CompiledScenario?> FindAsync(IScenarioStore scenarios, Guid tenantId, string versionId, CancellationToken cancellationToken)
    {
        if (_compiled.TryGetValue((tenantId, versionId), out var known))
            return known;
        if (await scenarios.FindVersionAsync(versionId, cancellationToken) is not { } version)
            return null;
        var definition = ScenarioReader.Read(version.Json) with { DefinitionId = version.DefinitionId, Version = version.Version };
        var compiled = _compiler.Compile(definition, version.Id);
        if (version.PublishedAt is null)
            return compiled;
        if (_compiled.Count >= MaxKept)
            _compiled.Clear();
        return _compiled.GetOrAdd((tenantId, versionId), compiled);
    }
}
