using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>How a case starts others, and tells of its end the one that started it.</summary>
internal sealed partial class Burst
{
    private const string ChildMark = ":child-";

    /// <summary>Starts a case of a scenario for a step; its identity follows from the step's, so that a second try starts no second one.</summary>
    public Guid StartChild(ActivityExecutionContext step, ScenarioVersion version, string? inputJson, string? correlationId)
    {
        var depth = DepthOf(_case.StartKey) + 1;
        if (depth > Limits.MaxCaseDepth)
            throw new ScenarioFaultException(IncidentKind.Configuration, "CasesTooDeep", $"The step \"{step.NodeId}\" starts a case within {Limits.MaxCaseDepth} others; the scenarios seem to start each other in a circle.");
        var startKey = StimulusRouting.StartKey(version.DefinitionId, $"child-{depth}:{step.Id}");
        var child = StimulusRouting.CaseId(_case.TenantId, startKey);
        _work.Append(new WorkEnqueued(new WorkItem
        {
            Id = Guid.CreateVersion7(Now),
            TenantId = _case.TenantId,
            Kind = WorkKind.Start,
            Key = $"start:{startKey}",
            CaseId = child,
            DefinitionVersionId = version.Id,
            StartKey = startKey,
            Subject = new CaseSubject(string.IsNullOrEmpty(correlationId) ? _case.CorrelationId : correlationId, _case.Reference, _case.CustomerKey),
            InputJson = inputJson,
            EnqueuedAt = Now,
        }));
        return child;
    }

    /// <summary>Tells the case that started this one how it ended, and what its variables were.</summary>
    public void TellParent()
    {
        if (Ended is null || DepthOf(_case.StartKey) == 0)
            return;
        var output = Scenario.VariablesById.Values.ToDictionary(variable => variable.Name, variable => Scope.Variable(variable.Id));
        Raise(Stimulus.For(ExecuteWorkflow.StimulusName, new ChildCase(_case.Id)) with
        {
            InputJson = System.Text.Json.JsonSerializer.Serialize(new { caseId = _case.Id, status = Ended.ToString(), output }, Expressions.EngineJson.Options),
            KeepForLaterWait = false,
        });
    }

    private static int DepthOf(string startKey)
    {
        var at = startKey.LastIndexOf(ChildMark, StringComparison.Ordinal);
        if (at < 0)
            return 0;
        var digits = startKey.AsSpan(at + ChildMark.Length);
        var end = digits.IndexOf(':');
        return end > 0 && int.TryParse(digits[..end], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var depth) ? depth : 0;
    }
}
