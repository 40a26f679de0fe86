namespace CentralPay.Workflows.Payments.Messages;

/// <summary>Which channels messages can leave by here.</summary>
public interface IMessageChannels
{
    /// <summary>Whether the channel is connected.</summary>
    bool IsOpen(MessageChannel channel);
}

/// <summary>E-mail alone: where nobody connected anything else.</summary>
public sealed class EmailAlone : IMessageChannels
{
    /// <inheritdoc />
    public bool IsOpen(MessageChannel channel) => channel == MessageChannel.Email;
}
