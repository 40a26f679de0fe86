using System.Text.Json;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>
/// What one stimulus sets off where that is more than one commit may bring: whom it reaches is settled when it is raised, and
/// goes in portions, each an item of the work queue that queues its own.
/// </summary>
public static class StimulusPortions
{
    /// <summary>The items that come with the stimulus: <paramref name="most"/> of those it sets off, and those that bring the rest, which give way to what happens meanwhile.</summary>
    public static IReadOnlyList<WorkItem> Of(Stimulus stimulus, IReadOnlyList<WorkItem> items, int most, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(stimulus);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        return items.Count <= most
            ? items
            : [.. items.Take(most), .. items.Skip(most).Chunk(most).Select(portion => Later(stimulus, portion, now))];
    }

    /// <summary>The items that a later portion brings.</summary>
    public static IReadOnlyList<WorkItem> Read(WorkItem later)
    {
        ArgumentNullException.ThrowIfNull(later);
        var portion = JsonSerializer.Deserialize<Portion>(later.InputJson ?? "", EngineJson.Options)
            ?? throw new JsonException($"The item {later.Id} brings no portion of a stimulus.");
        return [.. portion.Items.Select(item => item with { InputJson = portion.InputJson, Subject = item.Kind == WorkKind.Start ? portion.Subject : null })];
    }

    private static WorkItem Later(Stimulus stimulus, WorkItem[] items, DateTimeOffset now)
    {
        var id = TimeOrderedId.At(now);

        // What all of them carry is written once.
        var portion = new Portion(stimulus.InputJson, stimulus.Subject, [.. items.Select(item => item with { InputJson = null, Subject = null, Lane = WorkLane.Bulk })]);
        return new WorkItem
        {
            Id = id,
            TenantId = items[0].TenantId,
            Kind = WorkKind.Spread,
            Key = $"spread:{id:N}",
            CaseId = id,
            InputJson = JsonSerializer.Serialize(portion, EngineJson.Options),
            Lane = WorkLane.Bulk,
            EnqueuedAt = now,
        };
    }

    private sealed record Portion(string? InputJson, CaseSubject? Subject, IReadOnlyList<WorkItem> Items);
}
