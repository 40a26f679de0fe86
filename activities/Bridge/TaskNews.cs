using System.Text.Json.Nodes;
using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>Tells other programs of a task that a case asks for: as an event, which the API and the live feed carry.</summary>
internal sealed class TaskNews(IMerchantRecords records, TimeProvider time) : ITaskDispatcher
{
    public void Dispatch(TaskAsked task)
    {
        ArgumentNullException.ThrowIfNull(task);
        records.Raise(new DomainEvent
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Name = EventNames.StepAsked,
            At = time.GetUtcNow(),
            CustomerId = Guid.TryParse(task.Case.CustomerKey, out var customerId) ? customerId : null,
            InvoiceId = CaseSubjects.InvoiceIdOf(task.Case.CorrelationId),
            SubjectId = task.Case.Id,
            DataJson = DomainJson.Write(new { taskId = task.TaskId, task = task.Name, number = task.Case.Reference, with = task.PayloadJson is null ? null : JsonNode.Parse(task.PayloadJson) }),
        });
    }
}
