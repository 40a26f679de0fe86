using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Payments.Tests.Receipts;

public sealed class ReceiptBookTests
{
    private readonly TestHouse house = new();

    [Fact]
    public async Task A_payment_in_full_closes_invoice_and_request_and_is_told_once()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var request = await house.RequestAsync(invoice);

        var booking = await BookAsync("tx-1", 10_000, request.Id);

        Assert.True(booking.InvoicePaid);
        Assert.Equal(InvoiceStatus.Paid, house.Get<Invoice>(invoice.Id).Status);
        Assert.Equal(house.Now, house.Get<Invoice>(invoice.Id).PaidAt);
        Assert.Equal((RequestStatus.Closed, RequestPaymentStatus.Paid), Standing(request));
        Assert.Equal([EventNames.PaymentReceived, EventNames.RequestPaid, EventNames.InvoicePaid], house.Events.Order(StringComparer.Ordinal).OrderBy(name => name == EventNames.PaymentReceived ? 0 : name == EventNames.RequestPaid ? 1 : 2));
        Assert.Empty(house.Effects(EffectKinds.CancelGatewayRequest));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task Half_now_and_half_later_leaves_the_invoice_partly_paid_in_between()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var request = await house.RequestAsync(invoice);

        await BookAsync("tx-1", 4_000, request.Id);
        Assert.Equal((InvoiceStatus.PartlyPaid, 6_000), (house.Get<Invoice>(invoice.Id).Status, house.Get<Invoice>(invoice.Id).Open.AmountMinor));
        Assert.Equal((RequestStatus.Active, RequestPaymentStatus.Partial), Standing(request));

        await BookAsync("tx-2", 6_000, request.Id);
        Assert.Equal(InvoiceStatus.Paid, house.Get<Invoice>(invoice.Id).Status);
        Assert.Equal((RequestStatus.Closed, RequestPaymentStatus.Paid), Standing(request));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task More_than_is_owed_becomes_the_customers_credit_and_is_never_written_off()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var request = await house.RequestAsync(invoice);

        var booking = await BookAsync("tx-1", 12_500, request.Id);

        Assert.Equal((10_000, 2_500), (booking.Allocated.AmountMinor, booking.Credited.AmountMinor));
        Assert.Equal(-2_500, house.Balance(LedgerAccount.CustomerCredit));
        Assert.Equal(0, house.Balance(LedgerAccount.WriteOff));
        Assert.Contains(EventNames.CreditCreated, house.Events);
    }

    [Fact]
    public async Task Who_pays_twice_has_a_credit_of_the_second_payment()
    {
        var request = await house.RequestAsync(await house.InvoiceAsync(10_000));
        await BookAsync("tx-1", 10_000, request.Id);

        var second = await BookAsync("tx-2", 10_000, request.Id);

        Assert.Equal((0, 10_000), (second.Allocated.AmountMinor, second.Credited.AmountMinor));
        Assert.Equal((RequestStatus.Closed, RequestPaymentStatus.Paid), Standing(request));
        Assert.Single(house.Events, name => name == EventNames.InvoicePaid);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task Booking_the_same_receipt_again_changes_nothing()
    {
        var request = await house.RequestAsync(await house.InvoiceAsync(10_000));
        var first = await BookAsync("tx-1", 12_500, request.Id);
        var events = house.Events.Count;

        var again = await BookAsync("tx-1", 12_500, request.Id);

        Assert.True(again.BookedBefore);
        Assert.Equal(first.Payment.Id, again.Payment.Id);
        Assert.Equal((first.Allocated, first.Credited), (again.Allocated, again.Credited));
        Assert.Equal(events, house.Events.Count);
        Assert.Single(house.All<Payment>());
    }

    [Fact]
    public async Task Money_that_comes_after_a_cancellation_still_counts()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var request = await house.RequestAsync(invoice);
        await house.DoAsync<PaymentRequests, PaymentRequest>(requests => requests.CancelAsync(new CancelPaymentRequest { RequestId = request.Id }));
        Assert.Equal((RequestStatus.Canceled, RequestPaymentStatus.Unpaid), Standing(request));

        await BookAsync("tx-1", 4_000, request.Id);
        Assert.Equal((RequestStatus.Canceled, RequestPaymentStatus.Partial), Standing(request));

        await BookAsync("tx-2", 6_000, request.Id);
        Assert.Equal((RequestStatus.Closed, RequestPaymentStatus.Paid), Standing(request));
        Assert.Equal(InvoiceStatus.Paid, house.Get<Invoice>(invoice.Id).Status);
    }

    [Fact]
    public async Task When_an_invoice_is_paid_its_open_tasks_are_obsolete_but_not_a_transfer_to_decide()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var call = Task("call", invoice.Id, null);
        var review = Task("review-transfer", invoice.Id, Guid.CreateVersion7());
        await house.DoAsync<IMerchantRecords>(records =>
        {
            records.Add(call);
            records.Add(review);
            return System.Threading.Tasks.Task.CompletedTask;
        });

        await BookAsync("tx-1", 10_000, null, invoice.Id);

        Assert.Equal(WorkTaskStatus.Obsolete, house.Get<WorkTask>(call.Id).Status);
        Assert.Equal(WorkTaskStatus.Open, house.Get<WorkTask>(review.Id).Status);
        Assert.Contains(EventNames.TaskCompleted, house.Events);
    }

    [Fact]
    public async Task When_an_invoice_is_paid_another_way_its_other_requests_end_here_and_at_the_gateway()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var older = await house.RequestAsync(invoice);
        var newer = await house.RequestAsync(invoice);

        await BookAsync("tx-1", 10_000, newer.Id);

        Assert.Equal((RequestStatus.Closed, RequestPaymentStatus.Unpaid), Standing(older));
        Assert.Equal((RequestStatus.Closed, RequestPaymentStatus.Paid), Standing(newer));
        Assert.Equal(older.Id, DomainJson.Read<RequestPayload>(house.Effects(EffectKinds.CancelGatewayRequest).Single().PayloadJson).RequestId);
    }

    [Fact]
    public async Task Money_in_another_currency_never_pays_the_invoice_but_is_kept_as_credit()
    {
        var invoice = await house.InvoiceAsync(10_000);

        var booking = await house.DoAsync<ReceiptBook, Booking>(book => book.BookAsync(Money("tx-1", new Money(10_000, "USD"), null, invoice.Id)));

        Assert.Equal(new Money(10_000, "USD"), booking.Credited);
        Assert.Equal(10_000, house.Get<Invoice>(invoice.Id).Open.AmountMinor);
        Assert.True(house.BooksBalance());
    }

    [Theory]
    [InlineData(0, RuleCodes.AmountZero)]
    [InlineData(-5, RuleCodes.AmountNegative)]
    public async Task Nothing_and_less_than_nothing_are_not_received(long minor, string rule)
    {
        var invoice = await house.InvoiceAsync();

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => BookAsync("tx-1", minor, null, invoice.Id));

        Assert.Equal(("amount", rule), (refused.Violations[0].Field, refused.Violations[0].Code));
    }

    [Fact]
    public async Task Two_who_book_on_one_invoice_at_once_do_not_overwrite_each_other()
    {
        var invoice = await house.InvoiceAsync(10_000);

        await Assert.ThrowsAsync<RecordConflictException>(() => house.InScopeAsync(async provider =>
        {
            await provider.GetRequiredService<ReceiptBook>().BookAsync(Money("tx-1", TestHouse.Euros(4_000), null, invoice.Id));
            await BookAsync("tx-2", 6_000, null, invoice.Id);
            return true;
        }));

        Assert.Equal(4_000, house.Get<Invoice>(invoice.Id).Open.AmountMinor);
        await BookAsync("tx-1", 4_000, null, invoice.Id);
        Assert.Equal(0, house.Get<Invoice>(invoice.Id).Open.AmountMinor);
        Assert.True(house.BooksBalance());
    }

    private Task<Booking> BookAsync(string key, long minor, Guid? requestId, Guid? invoiceId = null) =>
        house.DoAsync<ReceiptBook, Booking>(book => book.BookAsync(Money(key, TestHouse.Euros(minor), requestId, invoiceId)));

    private ReceivedMoney Money(string key, Money amount, Guid? requestId, Guid? invoiceId) => new()
    {
        SourceKey = key,
        Method = PaymentMethod.Card,
        Amount = amount,
        ReceivedAt = house.Now,
        RequestId = requestId,
        InvoiceId = invoiceId,
    };

    private (RequestStatus, RequestPaymentStatus) Standing(PaymentRequest request)
    {
        var now = house.Get<PaymentRequest>(request.Id);
        return (now.RequestStatus, now.PaymentStatus);
    }

    private WorkTask Task(string kind, Guid invoiceId, Guid? transferId) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = house.Merchant.Id,
        Key = kind,
        Kind = kind,
        Title = kind,
        InvoiceId = invoiceId,
        TransferId = transferId,
        CreatedAt = house.Now,
    };
}
