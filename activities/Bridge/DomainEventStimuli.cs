using System.Text.Json;
using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Activities.Waiting;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>
/// Where domain and engine meet: each event that a scenario can wait for, or start at, becomes a stimulus in the unit of
/// work that raised it, so that the money and what follows from it commit together.
/// </summary>
public sealed class DomainEventStimuli(IEngineUnitOfWork unitOfWork) : IDomainEventListener
{
    /// <inheritdoc />
    public void On(DomainEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var stimulus = happened.Name switch
        {
            EventNames.InvoiceImported => CaseOfInvoice(happened),
            EventNames.InvoiceReopened => CaseOfReopened(happened),
            EventNames.TransferReceived => CaseOfTransfer(happened),
            EventNames.DebitSettled or EventNames.DebitFailed or EventNames.DebitCancelled when happened.SubjectId is { } debitId =>
                Stimulus.For(StimulusNames.DebitMoved, new DebitMoved(debitId)),
            EventNames.DebitReturned => CaseOfReturn(happened),
            EventNames.MandateSigned when happened.CustomerId is { } customerId => Stimulus.For(StimulusNames.MandateSigned, new MandateOf(customerId)),
            EventNames.PaymentReceived or EventNames.InvoicePaid or EventNames.InvoiceCorrected when happened.InvoiceId is { } invoiceId =>
                Stimulus.For(StimulusNames.InvoiceMoney, new InvoiceMoney(invoiceId)),
            EventNames.EffectAnswered => Answer(happened),
            _ => null,
        };

        if (stimulus is not null)
        {
            unitOfWork.Append(new StimulusRaised(stimulus));
        }

        if (Awaited(happened) is { } awaited)
        {
            unitOfWork.Append(new StimulusRaised(awaited));
        }
    }

    // What a step waits for by name; of the ERP's own events their name, not ours. Nothing is kept for a step that begins later.
    private static Stimulus? Awaited(DomainEvent happened)
    {
        var name = happened.Name == EventNames.InvoiceTold ? JsonSerializer.Deserialize(happened.DataJson, EventData.Default.InvoiceToldData)?.Event
            : WaitForEvent.Offered.Contains(happened.Name) ? happened.Name
            : null;
        return name is not null && (happened.InvoiceId ?? happened.CustomerId) is { } about
            ? Stimulus.For(StimulusNames.Event, new EventAbout(name, about)) with { KeepForLaterWait = false }
            : null;
    }

    private static Stimulus? CaseOfInvoice(DomainEvent happened)
    {
        var data = JsonSerializer.Deserialize(happened.DataJson, EventData.Default.InvoiceImportedData);
        if (data?.ScenarioId is null || happened.InvoiceId is not { } invoiceId)
        {
            return null;
        }

        var correlation = CaseSubjects.OfInvoice(invoiceId);
        return Started("CentralPay.InvoiceImported", happened) with
        {
            OnlyDefinitionId = data.ScenarioId,
            StartKey = correlation,
            Subject = new CaseSubject(correlation, data.Number, happened.CustomerId?.ToString("D")),
        };
    }

    // The case of an invoice that was paid has ended: its scenario begins anew. One that still runs learns that more is owed.
    private static Stimulus? CaseOfReopened(DomainEvent happened)
    {
        var data = JsonSerializer.Deserialize(happened.DataJson, EventData.Default.InvoiceReopenedData);
        if (happened.InvoiceId is not { } invoiceId)
        {
            return null;
        }

        if (data is not { WasPaid: true, ScenarioId: not null })
        {
            return Stimulus.For(StimulusNames.InvoiceMoney, new InvoiceMoney(invoiceId));
        }

        var correlation = CaseSubjects.OfInvoice(invoiceId);
        return Stimulus.For("CentralPay.InvoiceImported", new EventTrigger(EventNames.InvoiceImported)) with
        {
            KeepForLaterWait = false,
            OnlyDefinitionId = data.ScenarioId,
            StartKey = $"{correlation}:reopened:{happened.Id:N}",
            Subject = new CaseSubject(correlation, data.Number, happened.CustomerId?.ToString("D")),
        };
    }

    private static Stimulus? CaseOfTransfer(DomainEvent happened)
    {
        if (happened.SubjectId is not { } transferId)
        {
            return null;
        }

        var correlation = CaseSubjects.OfTransfer(transferId);
        return Started("CentralPay.TransferReceived", happened) with
        {
            StartKey = correlation,
            Subject = new CaseSubject(correlation, null, null),
        };
    }

    // A case of its own: the one that collected the invoice ended when the money came.
    private static Stimulus? CaseOfReturn(DomainEvent happened)
    {
        if (happened is not { SubjectId: { } debitId, InvoiceId: { } invoiceId })
        {
            return null;
        }

        var data = JsonSerializer.Deserialize(happened.DataJson, EventData.Default.DebitReturnedData);
        return Started("CentralPay.DebitReturned", happened) with
        {
            StartKey = $"debit-returned:{debitId:D}",
            Subject = new CaseSubject(CaseSubjects.OfInvoice(invoiceId), data?.Number, happened.CustomerId?.ToString("D")),
        };
    }

    // An answer commits after the wait that asked for it: there is never a later wait to keep it for.
    private static Stimulus? Answer(DomainEvent happened)
    {
        var data = JsonSerializer.Deserialize(happened.DataJson, EventData.Default.EffectAnsweredData);
        return data is null
            ? null
            : Stimulus.For(StimulusNames.Answer, new EffectAnswer(data.Key)) with
            {
                InputJson = happened.DataJson,
                KeepForLaterWait = false,
            };
    }

    private static Stimulus Started(string activityType, DomainEvent happened) =>
        Stimulus.For(activityType, new EventTrigger(happened.Name)) with { KeepForLaterWait = false };
}
