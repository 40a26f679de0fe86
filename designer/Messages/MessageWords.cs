using CentralPay.Workflows.Payments.Messages;

namespace CentralPay.Workflows.Designer.Messages;

/// <summary>How a message stands.</summary>
internal static class MessageWords
{
    public static (string Icon, string? Tone) LookOf(MessageStatus status) => status switch
    {
        MessageStatus.Sent => ("mark_email_read", "paid"),
        MessageStatus.Planned => ("schedule_send", "info"),
        MessageStatus.Failed => ("error", "failed"),
        MessageStatus.Unknown => ("help", "late"),
        _ => ("cancel_schedule_send", null),
    };
}
