namespace CentralPay.Workflows.Activities.Stimuli;

/// <summary>The names under which steps wait and events resume them.</summary>
public static class StimulusNames
{
    /// <summary>An invoice's open amount changed. Payload: <see cref="InvoiceMoney"/>.</summary>
    public const string InvoiceMoney = "CentralPay.InvoiceMoney";

    /// <summary>Something outside was answered. Payload: <see cref="EffectAnswer"/>.</summary>
    public const string Answer = "CentralPay.Answer";

    /// <summary>A direct debit settled, failed, was returned or was cancelled. Payload: <see cref="DebitMoved"/>.</summary>
    public const string DebitMoved = "CentralPay.DebitMoved";

    /// <summary>A customer signed a mandate. Payload: <see cref="MandateOf"/>.</summary>
    public const string MandateSigned = "CentralPay.MandateSigned";

    /// <summary>An event that a step waits for by its name. Payload: <see cref="EventAbout"/>.</summary>
    public const string Event = "CentralPay.Event";
}

/// <summary>An event by its name, and the invoice it is about; the customer where it is about no invoice.</summary>
public sealed record EventAbout(string Name, Guid About);

/// <summary>The direct debit that moved.</summary>
public sealed record DebitMoved(Guid DebitId);

/// <summary>The customer who signed.</summary>
public sealed record MandateOf(Guid CustomerId);

/// <summary>The invoice whose open amount changed.</summary>
public sealed record InvoiceMoney(Guid InvoiceId);

/// <summary>The key of the effect that was answered.</summary>
public sealed record EffectAnswer(string Key);

/// <summary>The event of the catalogue that starts a scenario.</summary>
public sealed record EventTrigger(string EventName);
