using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Receipts;

/// <summary>How far a payment is.</summary>
public enum PaymentState
{
    /// <summary>The payer's bank agreed; nothing was debited.</summary>
    Authorised,

    /// <summary>The money was taken.</summary>
    Captured,

    /// <summary>Given up before it was taken.</summary>
    Voided,

    /// <summary>A part was given back.</summary>
    PartlyRefunded,

    /// <summary>All was given back.</summary>
    Refunded,

    /// <summary>The payer contests it, and the money is held back.</summary>
    Disputed,

    /// <summary>The dispute was lost: the payer keeps the money.</summary>
    Lost,

    /// <summary>The payer's bank took it back (a returned direct debit).</summary>
    Returned,

    /// <summary>Its money was booked to the wrong debt, and was taken off again: it counts nowhere.</summary>
    Unmatched,
}

/// <summary>What can happen to a payment.</summary>
public enum PaymentEvent
{
    /// <summary>The money is taken.</summary>
    Capture,

    /// <summary>The authorisation is given up.</summary>
    Void,

    /// <summary>A part is given back.</summary>
    RefundPart,

    /// <summary>All, or all that is left, is given back.</summary>
    RefundAll,

    /// <summary>The payer contests it.</summary>
    Dispute,

    /// <summary>The dispute ends for the merchant.</summary>
    DisputeWon,

    /// <summary>The dispute ends for the payer.</summary>
    DisputeLost,

    /// <summary>The payer's bank takes it back, whatever was given back before.</summary>
    Return,

    /// <summary>A person takes back that it was for its invoice.</summary>
    Unmatch,
}

/// <summary>The life of a payment. Nothing is voided after its capture: it can only be refunded.</summary>
public static class PaymentLife
{
    /// <summary>State x event -> state.</summary>
    public static StateTable<PaymentState, PaymentEvent> Table { get; } = new(
        (PaymentState.Authorised, PaymentEvent.Capture, PaymentState.Captured),
        (PaymentState.Authorised, PaymentEvent.Void, PaymentState.Voided),
        (PaymentState.Captured, PaymentEvent.RefundPart, PaymentState.PartlyRefunded),
        (PaymentState.Captured, PaymentEvent.RefundAll, PaymentState.Refunded),
        (PaymentState.Captured, PaymentEvent.Dispute, PaymentState.Disputed),
        (PaymentState.Captured, PaymentEvent.Unmatch, PaymentState.Unmatched),
        (PaymentState.PartlyRefunded, PaymentEvent.RefundPart, PaymentState.PartlyRefunded),
        (PaymentState.PartlyRefunded, PaymentEvent.RefundAll, PaymentState.Refunded),
        (PaymentState.PartlyRefunded, PaymentEvent.Dispute, PaymentState.Disputed),
        (PaymentState.Disputed, PaymentEvent.DisputeWon, PaymentState.Captured),
        (PaymentState.Disputed, PaymentEvent.DisputeLost, PaymentState.Lost),
        (PaymentState.Captured, PaymentEvent.Return, PaymentState.Returned),
        (PaymentState.PartlyRefunded, PaymentEvent.Return, PaymentState.Returned),
        (PaymentState.Refunded, PaymentEvent.Return, PaymentState.Returned),
        (PaymentState.Disputed, PaymentEvent.Return, PaymentState.Returned));
}
