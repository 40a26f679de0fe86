using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Payments.Tasks;

/// <summary>What is told about tasks.</summary>
internal static class TaskEvents
{
    internal static DomainEvent Created(WorkTask task, DateTimeOffset at) => Event(task, EventNames.TaskCreated, at, new { task.Kind, task.Title });

    internal static DomainEvent Completed(WorkTask task, string outcome, string by, DateTimeOffset at) =>
        Event(task, EventNames.TaskCompleted, at, new { task.Kind, outcome, by });

    private static DomainEvent Event(WorkTask task, string name, DateTimeOffset at, object data) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = task.MerchantId,
        Name = name,
        At = at,
        CustomerId = task.CustomerId,
        InvoiceId = task.InvoiceId,
        SubjectId = task.Id,
        AmountMinor = task.AmountMinor,
        Currency = task.Currency,
        DataJson = DomainJson.Write(data),
    };
}
