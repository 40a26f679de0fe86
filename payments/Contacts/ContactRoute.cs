using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Messages;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>The way to a customer, or why there is none.</summary>
/// <param name="Channel">The channel; of no use where there is a reason against.</param>
/// <param name="Address">The address or number on it; null where there is a reason against.</param>
/// <param name="Against">Why the customer cannot be reached (<see cref="ContactReasons"/>); null when they can.</param>
public sealed record ContactRoute(MessageChannel Channel, string? Address, string? Against)
{
    /// <summary>
    /// The wanted channel where the customer can be reached on it, else the other one where the merchant's policy allows it, else
    /// the reason why the wanted one does not work. Pure.
    /// </summary>
    /// <param name="wanted">The channel asked for; null for the customer's preferred.</param>
    /// <param name="customer">Whom it goes to.</param>
    /// <param name="mayFallBack">Whether the other channel may be taken.</param>
    /// <param name="channels">Which channels are connected.</param>
    public static ContactRoute To(MessageChannel? wanted, Customer customer, bool mayFallBack, IMessageChannels channels)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(channels);
        var first = On(wanted ?? customer.PreferredChannel ?? MessageChannel.Email, customer, channels);
        if (first.Against is null || !mayFallBack)
        {
            return first;
        }

        var other = On(first.Channel == MessageChannel.Email ? MessageChannel.Sms : MessageChannel.Email, customer, channels);
        return other.Against is null ? other : first;
    }

    /// <summary>The way by one channel.</summary>
    public static ContactRoute On(MessageChannel channel, Customer customer, IMessageChannels channels)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(channels);
        var isEmail = channel == MessageChannel.Email;
        var address = isEmail ? customer.Email : customer.Phone;
        var against = !channels.IsOpen(channel) ? ContactReasons.NoChannel
            : (isEmail ? customer.EmailOptedOut : customer.SmsOptedOut) ? ContactReasons.OptedOut
            : !string.IsNullOrWhiteSpace(address) ? null
            : isEmail ? ContactReasons.NoEmail : ContactReasons.NoPhone;
        return new ContactRoute(channel, against is null ? address : null, against);
    }
}
