using System.Text.Json;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Trials;

/// <summary>How the case of a trial stands.</summary>
public sealed class TrialCase
{
    private readonly CaseDetails _details;

    internal TrialCase(CaseDetails details) => _details = details;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _details.Case.Status == CaseStatus.Finished;

    /// <summary>The step it waits at; null where it waits at none.</summary>
    public string? WaitsAt => _details.Case.WaitingNodeId;

    /// <summary>Until when it waits at the most; null for no limit.</summary>
    public DateTimeOffset? WaitsUntil => _details.Case.WaitingUntil;

    /// <summary>What wants a decision, because a step failed.</summary>
    public IReadOnlyList<Incident> Incidents => _details.Incidents;

    /// <summary>What its steps did, in order.</summary>
    public IReadOnlyList<StepRecord> Steps => [.. _details.Journal.SelectMany(entry => entry.Steps)];

    /// <summary>The outcome that a step left by; null where it has not left.</summary>
    /// <param name="step">The step; the only one of a trial of a single activity where it is not given.</param>
    public string? Outcome(string step = ScenarioTrial.Step) => Steps.LastOrDefault(each => each.NodeId == step && each.What == "Completed")?.Outcomes is [var outcome, ..] ? outcome : null;

    /// <summary>A value that a step left in the journal: an input, an output, or what it noted itself. Null where there is none.</summary>
    /// <typeparam name="T">What it is read as.</typeparam>
    /// <param name="name">The value.</param>
    /// <param name="step">The step; the only one of a trial of a single activity where it is not given.</param>
    public T? Value<T>(string name, string step = ScenarioTrial.Step) =>
        Steps.Where(each => each.NodeId == step).Select(each => each.Values.GetValueOrDefault(name)).LastOrDefault(value => value is not null) is { } json ? JsonSerializer.Deserialize<T>(json, Expressions.EngineJson.Options) : default;
}
