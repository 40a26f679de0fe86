using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Rules;

public sealed class StateTableTests
{
    private static readonly RequestStanding[] RequestStates =
        [.. from request in Enum.GetValues<RequestStatus>() from money in Enum.GetValues<RequestPaymentStatus>() select new RequestStanding(request, money)];

    [Fact]
    public void Every_pair_that_is_not_in_the_table_is_refused()
    {
        Refuses(RequestLife.Table, RequestStates);
        Refuses(PaymentLife.Table, Enum.GetValues<PaymentState>());
        Refuses(InvoiceLife.Table, Enum.GetValues<InvoiceStatus>());
        Refuses(PayoutLife.Table, Enum.GetValues<PayoutState>());
        Refuses(MandateLife.Table, Enum.GetValues<MandateStatus>());
        Refuses(DebitLife.Table, Enum.GetValues<DebitStatus>());
        Refuses(MessageLog.Life, Enum.GetValues<MessageStatus>());
        Refuses(DeliveryLife.Table, Enum.GetValues<MessageDelivery>());
    }

    [Fact]
    public void All_the_money_always_leads_to_the_one_pair_that_counts_as_success()
    {
        var after = RequestLife.Table.Rows.Where(row => row.Happened == RequestEvent.AllReceived).Select(row => row.Next).Distinct();

        Assert.Equal([new RequestStanding(RequestStatus.Closed, RequestPaymentStatus.Paid)], after);
    }

    [Fact]
    public void Money_is_taken_into_account_in_every_state_a_request_can_be_in()
    {
        var reachable = RequestLife.Table.Rows.Select(row => row.Next).Append(new(RequestStatus.Active, RequestPaymentStatus.Pending)).Distinct();

        Assert.All(reachable, state => Assert.True(RequestLife.Table.Allows(state, RequestEvent.AllReceived)));
    }

    [Theory]
    [InlineData(PaymentState.Captured, PaymentEvent.Void)]
    [InlineData(PaymentState.Voided, PaymentEvent.Capture)]
    [InlineData(PaymentState.Authorised, PaymentEvent.RefundAll)]
    [InlineData(PaymentState.Refunded, PaymentEvent.RefundPart)]
    public void A_payment_is_never_voided_after_its_capture_nor_refunded_before_it(PaymentState state, PaymentEvent happened) =>
        Assert.Throws<IllegalTransitionException>(() => PaymentLife.Table.After(state, happened));

    [Fact]
    public void A_withdrawn_invoice_stays_withdrawn() =>
        Assert.All(Enum.GetValues<InvoiceEvent>(), happened => Assert.False(InvoiceLife.Table.Allows(InvoiceStatus.Cancelled, happened)));

    private static void Refuses<TState, TEvent>(StateTable<TState, TEvent> table, TState[] states)
        where TState : notnull
        where TEvent : struct, Enum
    {
        foreach (var (state, happened) in from state in states from happened in Enum.GetValues<TEvent>() select (state, happened))
        {
            var row = table.Rows.Where(row => row.State.Equals(state) && row.Happened.Equals(happened)).ToArray();
            if (row.Length == 0)
            {
                Assert.False(table.Allows(state, happened));
                Assert.Throws<IllegalTransitionException>(() => table.After(state, happened));
            }
            else
            {
                Assert.Equal(row.Single().Next, table.After(state, happened));
            }
        }
    }
}
