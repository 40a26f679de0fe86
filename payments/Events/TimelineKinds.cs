using System.Collections.Frozen;

namespace CentralPay.Workflows.Payments.Events;

/// <summary>What a line of a timeline is about.</summary>
public enum TimelineKind
{
    /// <summary>Invoices: in, corrected, paid.</summary>
    Invoices,

    /// <summary>Payment requests and payments.</summary>
    Payments,

    /// <summary>Bank transfers.</summary>
    Transfers,

    /// <summary>Messages to the customer.</summary>
    Messages,

    /// <summary>Promises to pay and disputes.</summary>
    Promises,

    /// <summary>Tasks of people.</summary>
    Tasks,
}

/// <summary>Which events belong to which kind, and what comes first of those that happen together: the cause before its effect.</summary>
public static class TimelineKinds
{
    private static readonly (string Name, TimelineKind? Kind)[] CausesFirst =
    [
        (EventNames.InvoiceImported, TimelineKind.Invoices),
        (EventNames.InvoiceCorrected, TimelineKind.Invoices),
        (EventNames.TransferReceived, TimelineKind.Transfers),
        (EventNames.TransferUnmatched, TimelineKind.Transfers),
        (EventNames.TransferMatched, TimelineKind.Transfers),
        (EventNames.TransferUndone, TimelineKind.Transfers),
        (EventNames.RequestCreated, TimelineKind.Payments),
        (EventNames.MandateRequested, TimelineKind.Payments),
        (EventNames.MandateSigned, TimelineKind.Payments),
        (EventNames.MandateCancelled, TimelineKind.Payments),
        (EventNames.MandateExpired, TimelineKind.Payments),
        (EventNames.DebitCreated, TimelineKind.Payments),
        (EventNames.DebitUpcoming, TimelineKind.Payments),
        (EventNames.DebitCancelled, TimelineKind.Payments),
        (EventNames.DebitFailed, TimelineKind.Payments),
        (EventNames.DebitSettled, TimelineKind.Payments),
        (EventNames.DebitReturned, TimelineKind.Payments),
        (EventNames.PaymentReceived, TimelineKind.Payments),
        (EventNames.PaymentReturned, TimelineKind.Payments),
        (EventNames.InvoiceReopened, TimelineKind.Invoices),
        (EventNames.RequestPartlyPaid, TimelineKind.Payments),
        (EventNames.RequestPaid, TimelineKind.Payments),
        (EventNames.InvoicePaid, TimelineKind.Invoices),
        (EventNames.CreditCreated, TimelineKind.Payments),
        (EventNames.RequestClosed, TimelineKind.Payments),
        (EventNames.InvoiceDisputed, TimelineKind.Promises),
        (EventNames.InvoiceDisputeEnded, TimelineKind.Promises),
        (EventNames.InvoicePromised, TimelineKind.Promises),
        (EventNames.InvoicePromiseEnded, TimelineKind.Promises),
        (EventNames.InvoiceTold, TimelineKind.Invoices),
        (EventNames.StepAsked, TimelineKind.Tasks),
        (EventNames.MessagePlanned, TimelineKind.Messages),
        (EventNames.MessageCovered, TimelineKind.Messages),
        (EventNames.MessageCancelled, TimelineKind.Messages),
        (EventNames.MessageSent, TimelineKind.Messages),
        (EventNames.MessageDelivered, TimelineKind.Messages),
        (EventNames.MessageUndelivered, TimelineKind.Messages),
        (EventNames.CustomerOptedOut, TimelineKind.Messages),
        (EventNames.MessageFailed, TimelineKind.Messages),
        (EventNames.TaskCreated, TimelineKind.Tasks),
        (EventNames.TaskCompleted, TimelineKind.Tasks),
    ];

    private static readonly FrozenDictionary<string, int> Places = CausesFirst.Select((one, place) => (one.Name, place)).ToFrozenDictionary(one => one.Name, one => one.place);

    /// <summary>The events of a kind.</summary>
    public static IReadOnlyList<string> Of(TimelineKind kind) => [.. CausesFirst.Where(one => one.Kind == kind).Select(one => one.Name)];

    /// <summary>Where an event stands among those of the same instant; one that is not listed stands last.</summary>
    internal static int PlaceOf(string name) => Places.GetValueOrDefault(name, int.MaxValue);
}
