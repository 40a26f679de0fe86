using CentralPay.Workflows.Payments.Messages;

namespace CentralPay.Workflows.Activities.Informing;

/// <summary>The channels as steps name them.</summary>
internal static class Channels
{
    /// <summary>The channel; null for the customer's preferred. Throws <see cref="InvalidOperationException"/> for another word.</summary>
    public static MessageChannel? Of(string? word) => word switch
    {
        null or "" or "email" => MessageChannel.Email,
        "sms" => MessageChannel.Sms,
        "preferred" => null,
        _ => throw new InvalidOperationException($"There is no channel '{word}'; one of email, sms, preferred."),
    };
}
