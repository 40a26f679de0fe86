using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>What a channel reports of a message after it was handed over, as Twilio names it.</summary>
public enum MessageDelivery
{
    /// <summary>The provider took it.</summary>
    Accepted,

    /// <summary>The provider sends it later.</summary>
    Scheduled,

    /// <summary>It waits in the provider's queue.</summary>
    Queued,

    /// <summary>It is on its way.</summary>
    Sending,

    /// <summary>The customer's network has it.</summary>
    Sent,

    /// <summary>The customer's telephone has it.</summary>
    Delivered,

    /// <summary>The customer opened it.</summary>
    Read,

    /// <summary>The customer's network or telephone did not take it.</summary>
    Undelivered,

    /// <summary>The provider could not send it.</summary>
    Failed,

    /// <summary>The provider cancelled it.</summary>
    Canceled,
}

/// <summary>The life of a delivery. Reports come out of order: what lies behind is passed over, so that the state only moves forward.</summary>
public static class DeliveryLife
{
    private static readonly MessageDelivery[] Way =
        [MessageDelivery.Accepted, MessageDelivery.Scheduled, MessageDelivery.Queued, MessageDelivery.Sending, MessageDelivery.Sent, MessageDelivery.Delivered, MessageDelivery.Read];

    private static readonly MessageDelivery[] Ends = [MessageDelivery.Undelivered, MessageDelivery.Failed, MessageDelivery.Canceled];

    /// <summary>State x report -> state: ahead on the way, or to a bad end as long as it was not delivered.</summary>
    public static StateTable<MessageDelivery, MessageDelivery> Table { get; } = new([.. Rows()]);

    /// <summary>The state after a report; the same where the report is old.</summary>
    /// <param name="before">The state; null before any report.</param>
    /// <param name="reported">What was reported.</param>
    public static MessageDelivery After(MessageDelivery? before, MessageDelivery reported) =>
        before is not { } state ? reported : Table.Allows(state, reported) ? Table.After(state, reported) : state;

    /// <summary>Whether the message surely did not reach the customer.</summary>
    public static bool IsBadEnd(MessageDelivery state) => Ends.Contains(state);

    private static IEnumerable<(MessageDelivery State, MessageDelivery Happened, MessageDelivery Next)> Rows()
    {
        for (var from = 0; from < Way.Length; from++)
        {
            for (var to = from + 1; to < Way.Length; to++)
            {
                yield return (Way[from], Way[to], Way[to]);
            }

            foreach (var end in Ends.Where(_ => Way[from] < MessageDelivery.Delivered))
            {
                yield return (Way[from], end, end);
            }
        }
    }
}
