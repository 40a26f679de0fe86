using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Server.Sms;

/// <summary>Hands an SMS over, once.</summary>
public interface ISmsTransport
{
    /// <summary>Whether handing the same message over twice leaves one message.</summary>
    bool IsRepeatable { get; }

    /// <summary>One try, with its outcome in words and the provider's id or code in its answer.</summary>
    Task<EffectOutcome> SendAsync(OutgoingSms sms, CancellationToken cancellationToken);
}

/// <summary>One SMS, ready to leave.</summary>
/// <param name="Key">The same for each try of the same effect.</param>
/// <param name="To">The number, E.164.</param>
/// <param name="Text">The text.</param>
/// <param name="StatusCallback">Where reports of its delivery go.</param>
public sealed record OutgoingSms(string Key, string To, string Text, string StatusCallback);
