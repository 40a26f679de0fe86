using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tasks;

/// <summary>A task to be created.</summary>
public sealed record NewTask
{
    /// <summary>Unique in a merchant: created once however often asked.</summary>
    public required string Key { get; init; }

    /// <summary>What kind of task (<c>call</c>, <c>review-transfer</c>).</summary>
    public required string Kind { get; init; }

    /// <summary>What to do, in one line of at most 200 characters; empty: named after its kind, customer and invoice, in the merchant's language.</summary>
    public string Title { get; init; } = "";

    /// <summary>More to know; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The customer concerned.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The invoice concerned.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The transfer concerned.</summary>
    public Guid? TransferId { get; init; }

    /// <summary>What is at stake; null for nothing.</summary>
    public Money? Amount { get; init; }
}

/// <summary>Creates, hands out and completes what people are to do.</summary>
public sealed class TaskDesk(IMerchantRecords records, TimeProvider time, ICurrentActor current, AuditLog audit)
{
    private const int MaxTitle = 200;
    private const int MaxOutcome = 100;

    /// <summary>
    /// Appends a task; the one that is there under the key is answered again. Needs <see cref="Permissions.WorkTasks"/>. Throws
    /// <see cref="RuleViolationException"/> for a title that is too long or holds a card number.
    /// </summary>
    public async Task<WorkTask> CreateAsync(NewTask task, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        current.Actor.Require(Permissions.WorkTasks);
        return await AppendAsync(task, cancellationToken);
    }

    /// <summary>Appends a task that follows from something else the actor was allowed to do.</summary>
    internal async Task<WorkTask> AppendAsync(NewTask task, CancellationToken cancellationToken)
    {
        var key = task.Key;
        var before = await records.ListAsync<WorkTask>(known => known.Key == key, 1, cancellationToken);
        if (before.Count > 0)
        {
            return before[0];
        }

        var title = string.IsNullOrWhiteSpace(task.Title) ? Shortened(await TaskTitles.OfAsync(records, task, cancellationToken)) : task.Title;
        TextRules.Check("title", title, MaxTitle);
        var now = time.GetUtcNow();
        var created = new WorkTask
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Key = key,
            Kind = task.Kind,
            Title = title,
            Note = CardNumber.Scrub(task.Note),
            CustomerId = task.CustomerId,
            InvoiceId = task.InvoiceId,
            TransferId = task.TransferId,
            AmountMinor = task.Amount?.AmountMinor,
            Currency = task.Amount?.Currency,
            CreatedAt = now,
        };
        records.Add(created);
        records.Raise(TaskEvents.Created(created, now));
        audit.Write("task.created", $"task:{created.Id}", new { created.Kind });
        return created;
    }

    /// <summary>
    /// Completes an open task with what was decided, and commits. Needs <see cref="Permissions.WorkTasks"/>. Throws
    /// <see cref="RuleViolationException"/> when there is no such task, it is not open, or the outcome is missing.
    /// </summary>
    public async Task<WorkTask> CompleteAsync(Guid id, string outcome, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.WorkTasks);
        TextRules.Check("outcome", outcome, MaxOutcome);
        var done = Complete(await OpenTaskAsync(id, cancellationToken), outcome);
        await records.CommitAsync(cancellationToken);
        return done;
    }

    /// <summary>Gives an open task to whoever asks, or takes it back from them, and commits. Needs <see cref="Permissions.WorkTasks"/>.</summary>
    public async Task<WorkTask> AssignAsync(Guid id, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.WorkTasks);
        var task = await OpenTaskAsync(id, cancellationToken);
        var assigned = records.Update(task with { AssignedTo = task.AssignedTo == current.Actor.Name ? null : current.Actor.Name });
        audit.Write("task.assigned", $"task:{id}", new { taken = assigned.AssignedTo is not null });
        await records.CommitAsync(cancellationToken);
        return assigned;
    }

    /// <summary>Appends that a task is done.</summary>
    internal WorkTask Complete(WorkTask task, string outcome)
    {
        var now = time.GetUtcNow();
        var done = records.Update(task with { Status = WorkTaskStatus.Done, Outcome = outcome, CompletedBy = current.Actor.Name, CompletedAt = now });
        records.Raise(TaskEvents.Completed(done, outcome, current.Actor.Name, now));
        audit.Write("task.completed", $"task:{done.Id}", new { done.Kind, outcome });
        return done;
    }

    private async Task<WorkTask> OpenTaskAsync(Guid id, CancellationToken cancellationToken)
    {
        var task = await records.FindAsync<WorkTask>(id, cancellationToken) ?? throw RuleViolationException.Of("taskId", RuleCodes.TaskUnknown);
        return task.Status == WorkTaskStatus.Open ? task : throw RuleViolationException.Of("taskId", RuleCodes.TaskNotOpen, ("status", task.Status.ToString()));
    }

    // A customer's long name must not keep a task from being made.
    private static string Shortened(string title) => title.Length <= MaxTitle ? title : title[..(MaxTitle - 1)] + "…";
}
