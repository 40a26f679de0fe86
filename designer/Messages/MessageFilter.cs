using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Messages;

namespace CentralPay.Workflows.Designer.Messages;

/// <summary>Which messages are to be seen.</summary>
/// <param name="Status">Only those that stand so; null for all.</param>
internal sealed record MessageFilter(MessageStatus? Status)
{
    /// <summary>The filter of the page's address; a status nobody knows is none.</summary>
    public static MessageFilter Of(string? status) => new(Enum.TryParse<MessageStatus>(status, ignoreCase: true, out var known) ? known : null);

    /// <summary>The rows that fit; what another message tells along is seen there, unless it is asked for.</summary>
    public Expression<Func<Message, bool>> Where
    {
        get
        {
            var (any, status) = (Status is null, Status ?? default);
            return message => any ? message.Status != MessageStatus.Covered : message.Status == status;
        }
    }
}
