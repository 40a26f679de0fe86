using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Receipts;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Payments.Tests.Figures;

public sealed class MonthFlowTests
{
    [Fact]
    public void Each_euro_of_the_month_stands_in_one_share()
    {
        // Reminded: 500 invoiced, 120 still late, 300 came by card, so 80 were settled otherwise. Not reminded: 200 not yet due, 50 by transfer.
        var shares = MonthFlows.Of(
            [new DueSum(true, FlowEnd.Overdue, 500, 120), new DueSum(false, FlowEnd.NotYetDue, 200, 200), new DueSum(false, FlowEnd.Overdue, 50, 0)],
            [new PaidSum(true, PaymentMethod.Card, 300), new PaidSum(false, PaymentMethod.Transfer, 50)]);

        Assert.Equal(
            [
                new FlowShare(true, FlowEnd.Paid, PaymentMethod.Card, 300),
                new FlowShare(false, FlowEnd.Paid, PaymentMethod.Transfer, 50),
                new FlowShare(true, FlowEnd.Settled, null, 80),
                new FlowShare(true, FlowEnd.Overdue, null, 120),
                new FlowShare(false, FlowEnd.NotYetDue, null, 200),
            ],
            shares);
        Assert.Equal(750, shares.Sum(share => share.AmountMinor));
    }

    [Fact]
    public void What_was_paid_beyond_a_correction_leaves_nothing_to_settle() =>
        Assert.Equal([new FlowShare(true, FlowEnd.Paid, PaymentMethod.Card, 300)], MonthFlows.Of([new DueSum(true, FlowEnd.Overdue, 250, 0)], [new PaidSum(true, PaymentMethod.Card, 300)]));

    [Fact]
    public void The_shares_add_up_to_what_was_invoiced_unless_more_was_paid() =>
        Properties.Hold(
            from amounts in Gen.Choose(1, 10_000).ArrayOf(5)
            from open in Gen.Choose(0, 100).ArrayOf(5)
            from paid in Gen.Choose(0, 100)
            select (amounts, open, paid),
            month =>
            {
                var due = month.amounts.Select((amount, index) => new DueSum(index % 2 == 0, (FlowEnd)(2 + (index % 4)), amount, (long)amount * month.open[index] / 100)).ToList();
                var gone = due.Where(sum => sum.Reminded).Sum(sum => sum.AmountMinor - sum.OpenMinor);
                return MonthFlows.Of(due, [new PaidSum(true, PaymentMethod.Card, gone * month.paid / 100)]).Sum(share => share.AmountMinor) == due.Sum(sum => sum.AmountMinor);
            });
}
