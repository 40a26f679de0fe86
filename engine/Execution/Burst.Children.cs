using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>How a case starts others, and tells of its end the one that started it.</summary>
internal sealed partial class Burst
{
    private const string ChildMark = ":child-";

    /// <summary>Whether this case keeps the clock of its scenario (<see cref="TimeTrigger"/>).</summary>
    public bool IsClock => _case.KeepsClock;

    /// <summary>The start of the case that keeps the clock of a version's trigger; asking twice is asking once, until so many of them have ended.</summary>
    public static WorkItem StartOfClock(Guid tenantId, string definitionId, string versionId, string nodeId, int ended, DateTimeOffset now) =>
        StartOf(tenantId, $"{definitionId}{CaseRecord.ClockMark}{versionId}:{nodeId}{(ended == 0 ? "" : $":{ended}")}", versionId, nodeId, null, null, now);

    /// <summary>A clock starts a case of its scenario at the trigger, once for each time.</summary>
    public void StartOnTime(ActivityExecutionContext trigger, DateTimeOffset due) => _work.Append(new WorkEnqueued(
        StartOf(_case.TenantId, $"{_case.DefinitionId}:at-{due.UtcTicks}:{trigger.NodeId}", Scenario.VersionId, trigger.NodeId, null, null, Now)));

    /// <summary>Starts a case of a scenario for a step; its identity follows from the step's, so that a second try starts no second one.</summary>
    public Guid StartChild(ActivityExecutionContext step, ScenarioVersion version, string? inputJson, string? correlationId)
    {
        var depth = DepthOf(_case) + 1;
        if (depth > Limits.MaxCaseDepth)
            throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.CasesTooDeep, $"The step \"{step.NodeId}\" starts a case within {Limits.MaxCaseDepth} others; the scenarios seem to start each other in a circle.");
        var startKey = ChildKeyOf(step, version.DefinitionId);
        var subject = new CaseSubject(string.IsNullOrEmpty(correlationId) ? _case.CorrelationId : correlationId, _case.Reference, _case.CustomerKey);
        var item = StartOf(_case.TenantId, startKey, version.Id, null, subject, inputJson, Now);
        _work.Append(new WorkEnqueued(item));
        return item.CaseId;
    }

    /// <summary>The identity of the case that a step starts, or has started, of a scenario.</summary>
    public Guid ChildOf(ActivityExecutionContext step, string definitionId) => StimulusRouting.CaseId(_case.TenantId, ChildKeyOf(step, definitionId));

    private string ChildKeyOf(ActivityExecutionContext step, string definitionId) => StimulusRouting.StartKey(definitionId, $"child-{DepthOf(_case) + 1}:{step.Id}");

    /// <summary>The cases whose end the case waits for.</summary>
    public IEnumerable<Guid> CasesWaitedFor() => _state.Steps.Select(ExecuteWorkflow.WaitedForBy).OfType<Guid>();

    /// <summary>Tells the case that started this one how it ended, and what its variables were.</summary>
    public void TellParent()
    {
        if (Ended is { } how && NewsForParent(_case, how, () => Scenario.VariablesById.Values.DistinctBy(variable => variable.Name).ToDictionary(variable => variable.Name, variable => Scope.Variable(variable.Id))) is { } news)
            Raise(news);
    }

    /// <summary>What the case that started another is told of its end; null where none did.</summary>
    public static Stimulus? NewsForParent(CaseRecord ended, CaseSubStatus how, Func<IReadOnlyDictionary<string, object?>> output) => DepthOf(ended) == 0 ? null : Stimulus.For(ExecuteWorkflow.StimulusName, new ChildCase(ended.Id)) with
    {
        InputJson = System.Text.Json.JsonSerializer.Serialize(new { caseId = ended.Id, status = how.ToString(), output = output() }, Expressions.EngineJson.Kept),
        KeepForLaterWait = false,
    };

    private static WorkItem StartOf(Guid tenantId, string startKey, string versionId, string? nodeId, CaseSubject? subject, string? inputJson, DateTimeOffset now) => new()
    {
        Id = TimeOrderedId.At(now),
        TenantId = tenantId,
        Kind = WorkKind.Start,
        Key = $"start:{startKey}",
        CaseId = StimulusRouting.CaseId(tenantId, startKey),
        DefinitionVersionId = versionId,
        NodeId = nodeId,
        StartKey = startKey,
        Subject = subject,
        InputJson = inputJson,
        EnqueuedAt = now,
    };

    private static int DepthOf(CaseRecord @case)
    {
        if (!@case.IsStartedAs(ChildMark))
            return 0;
        var digits = @case.StartKey.AsSpan(@case.DefinitionId.Length + ChildMark.Length);
        var end = digits.IndexOf(':');
        return end > 0 && int.TryParse(digits[..end], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var depth) ? depth : 0;
    }
}
