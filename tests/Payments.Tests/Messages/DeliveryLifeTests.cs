using CentralPay.Workflows.Payments.Messages;

namespace CentralPay.Workflows.Payments.Tests.Messages;

public sealed class DeliveryLifeTests
{
    [Theory]
    [InlineData(null, MessageDelivery.Queued, MessageDelivery.Queued)]
    [InlineData(MessageDelivery.Queued, MessageDelivery.Sent, MessageDelivery.Sent)]
    [InlineData(MessageDelivery.Sent, MessageDelivery.Delivered, MessageDelivery.Delivered)]
    [InlineData(MessageDelivery.Delivered, MessageDelivery.Sent, MessageDelivery.Delivered)]
    [InlineData(MessageDelivery.Delivered, MessageDelivery.Undelivered, MessageDelivery.Delivered)]
    [InlineData(MessageDelivery.Sent, MessageDelivery.Undelivered, MessageDelivery.Undelivered)]
    [InlineData(MessageDelivery.Undelivered, MessageDelivery.Sent, MessageDelivery.Undelivered)]
    [InlineData(MessageDelivery.Delivered, MessageDelivery.Read, MessageDelivery.Read)]
    [InlineData(MessageDelivery.Read, MessageDelivery.Delivered, MessageDelivery.Read)]
    public void Reports_out_of_order_only_move_forward(MessageDelivery? before, MessageDelivery reported, MessageDelivery after) =>
        Assert.Equal(after, DeliveryLife.After(before, reported));

    [Fact]
    public void No_pair_of_reports_leads_back()
    {
        foreach (var (state, first, second) in from state in Enum.GetValues<MessageDelivery>() from first in Enum.GetValues<MessageDelivery>() from second in Enum.GetValues<MessageDelivery>() select (state, first, second))
        {
            var after = DeliveryLife.After(DeliveryLife.After(state, first), second);
            Assert.False(DeliveryLife.IsBadEnd(state) && after != state);
            Assert.False(state >= MessageDelivery.Delivered && state <= MessageDelivery.Read && after < state);
        }
    }
}
