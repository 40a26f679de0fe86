using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Requests;

/// <summary>A payment request on its two axes.</summary>
/// <param name="Request">The life of the request.</param>
/// <param name="Money">The money of the request.</param>
public readonly record struct RequestStanding(RequestStatus Request, RequestPaymentStatus Money);

/// <summary>What can happen to a payment request.</summary>
public enum RequestEvent
{
    /// <summary>Money came, and some is missing.</summary>
    PartReceived,

    /// <summary>Money came, and nothing is missing.</summary>
    AllReceived,

    /// <summary>The merchant or the scenario cancels it.</summary>
    Cancelled,

    /// <summary>Its deadline passed, or the gateway closed it.</summary>
    Expired,

    /// <summary>The invoice was settled another way.</summary>
    SettledElsewhere,

    /// <summary>Money went back, and some is left.</summary>
    PartTakenBack,

    /// <summary>Money went back, and nothing is left.</summary>
    AllTakenBack,
}

/// <summary>
/// The life of a payment request on CentralPay's two axes. Money always re-evaluates: what arrives after a cancellation or an
/// expiry moves the money axis too, and all of it makes the one pair that counts as success, CLOSED and PAID.
/// </summary>
public static class RequestLife
{
    private static readonly RequestStanding Asked = new(RequestStatus.Active, RequestPaymentStatus.Pending);
    private static readonly RequestStanding PartlyPaid = new(RequestStatus.Active, RequestPaymentStatus.Partial);
    private static readonly RequestStanding Paid = new(RequestStatus.Closed, RequestPaymentStatus.Paid);
    private static readonly RequestStanding Ended = new(RequestStatus.Closed, RequestPaymentStatus.Unpaid);
    private static readonly RequestStanding EndedPartlyPaid = new(RequestStatus.Closed, RequestPaymentStatus.Partial);
    private static readonly RequestStanding Cancelled = new(RequestStatus.Canceled, RequestPaymentStatus.Unpaid);
    private static readonly RequestStanding CancelledPartlyPaid = new(RequestStatus.Canceled, RequestPaymentStatus.Partial);

    /// <summary>State x event -> state.</summary>
    public static StateTable<RequestStanding, RequestEvent> Table { get; } = new(
        (Asked, RequestEvent.PartReceived, PartlyPaid),
        (Asked, RequestEvent.AllReceived, Paid),
        (Asked, RequestEvent.Cancelled, Cancelled),
        (Asked, RequestEvent.Expired, Ended),
        (Asked, RequestEvent.SettledElsewhere, Ended),
        (PartlyPaid, RequestEvent.PartReceived, PartlyPaid),
        (PartlyPaid, RequestEvent.AllReceived, Paid),
        (PartlyPaid, RequestEvent.Cancelled, Cancelled),
        (PartlyPaid, RequestEvent.Expired, Ended),
        (PartlyPaid, RequestEvent.SettledElsewhere, Ended),
        (Paid, RequestEvent.AllReceived, Paid),
        (Ended, RequestEvent.PartReceived, EndedPartlyPaid),
        (Ended, RequestEvent.AllReceived, Paid),
        (EndedPartlyPaid, RequestEvent.PartReceived, EndedPartlyPaid),
        (EndedPartlyPaid, RequestEvent.AllReceived, Paid),
        (Cancelled, RequestEvent.PartReceived, CancelledPartlyPaid),
        (Cancelled, RequestEvent.AllReceived, Paid),
        (CancelledPartlyPaid, RequestEvent.PartReceived, CancelledPartlyPaid),
        (CancelledPartlyPaid, RequestEvent.AllReceived, Paid),
        (PartlyPaid, RequestEvent.PartTakenBack, PartlyPaid),
        (PartlyPaid, RequestEvent.AllTakenBack, Asked),
        (Paid, RequestEvent.PartTakenBack, EndedPartlyPaid),
        (Paid, RequestEvent.AllTakenBack, Ended),
        (Ended, RequestEvent.PartTakenBack, EndedPartlyPaid),
        (Ended, RequestEvent.AllTakenBack, Ended),
        (EndedPartlyPaid, RequestEvent.PartTakenBack, EndedPartlyPaid),
        (EndedPartlyPaid, RequestEvent.AllTakenBack, Ended),
        (Cancelled, RequestEvent.PartTakenBack, CancelledPartlyPaid),
        (Cancelled, RequestEvent.AllTakenBack, Cancelled),
        (CancelledPartlyPaid, RequestEvent.PartTakenBack, CancelledPartlyPaid),
        (CancelledPartlyPaid, RequestEvent.AllTakenBack, Cancelled));

    /// <summary>Where the request stands.</summary>
    public static RequestStanding StandingOf(PaymentRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(request.RequestStatus, request.PaymentStatus);
    }

    /// <summary>The request after the event; throws <see cref="IllegalTransitionException"/> when it cannot happen.</summary>
    public static PaymentRequest After(PaymentRequest request, RequestEvent happened)
    {
        var next = Table.After(StandingOf(request), happened);
        return request with { RequestStatus = next.Request, PaymentStatus = next.Money };
    }
}
