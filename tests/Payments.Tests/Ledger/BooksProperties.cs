using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Tests.Imports;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Payments.Tests.Ledger;

/// <summary>Whatever happens in whatever order, the books balance and say what the invoices say.</summary>
public sealed class BooksProperties
{
    private static readonly FsCheck.Gen<Step> Steps =
        from kind in Gen.Elements(Enum.GetValues<StepKind>())
        from invoice in Gen.Choose(0, 2)
        from cents in Gen.Choose(1, 30_000)
        from repeat in Gen.Elements(false, false, true)
        select new Step(kind, invoice, cents, repeat);

    private enum StepKind
    {
        PayOnRequest,
        PayOnInvoice,
        Correct,
        OpenRequest,
        CancelRequest,
    }

    [Fact]
    public void The_books_balance_after_any_sequence_of_payments_corrections_and_cancellations() =>
        Properties.Hold(Steps.ListOf(12), steps => HoldsAsync([.. steps]).GetAwaiter().GetResult(), tests: 150);

    [Fact]
    public void Rows_in_another_order_bring_the_same_invoices() =>
        Properties.Hold(
            from order in Gen.Shuffle(Enumerable.Range(1, 40).ToArray())
            select order,
            order => Imported(order).SequenceEqual(Imported([.. Enumerable.Range(1, 40)])),
            tests: 30);

    private static async Task<bool> HoldsAsync(Step[] steps)
    {
        var house = new TestHouse();
        var amounts = new Dictionary<int, long> { [0] = 10_000, [1] = 20_000, [2] = 5_000 };
        await ImportAsync(house, amounts);
        var received = 0L;
        for (var index = 0; index < steps.Length; index++)
        {
            var step = steps[index];
            received += await DoAsync(house, step, $"tx-{index}", amounts);
            if (step.Repeat)
            {
                await DoAsync(house, step, $"tx-{index}", amounts);
            }

            var total = house.Balance(LedgerAccount.GatewayClearing);
            var owed = house.All<Invoice>().Sum(invoice => invoice.Open.AmountMinor);
            var invoiced = house.All<Invoice>().Sum(invoice => invoice.Amount.AmountMinor);
            var credit = -house.Balance(LedgerAccount.CustomerCredit);
            var statesFit = house.All<Invoice>().All(invoice => invoice.Status == (invoice.Open.IsZero ? InvoiceStatus.Paid : invoice.Open == invoice.Amount ? InvoiceStatus.Open : InvoiceStatus.PartlyPaid));
            if (!house.BooksBalance() || total != received || invoiced - owed + credit != received || !statesFit || house.Balance(LedgerAccount.WriteOff) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<long> DoAsync(TestHouse house, Step step, string key, Dictionary<int, long> amounts)
    {
        var invoice = house.All<Invoice>().Single(invoice => invoice.Number == $"F-{step.Invoice}");
        var requests = house.All<PaymentRequest>().Where(request => request.InvoiceId == invoice.Id).ToArray();
        switch (step.Kind)
        {
            case StepKind.PayOnRequest when requests.Length > 0:
                return await BookAsync(house, key, step.Cents, requests[^1].Id, null);
            case StepKind.PayOnInvoice:
                return await BookAsync(house, key, step.Cents, null, invoice.Id);
            case StepKind.Correct:
                amounts[step.Invoice] = step.Cents;
                await ImportAsync(house, amounts);
                return 0;
            case StepKind.OpenRequest when invoice.Open.IsPositive:
                await house.RequestAsync(invoice);
                return 0;
            case StepKind.CancelRequest when requests.Length > 0:
                await house.DoAsync<PaymentRequests, PaymentRequest>(desk => desk.CancelAsync(new CancelPaymentRequest { RequestId = requests[^1].Id }));
                return 0;
            default:
                return 0;
        }
    }

    private static async Task<long> BookAsync(TestHouse house, string key, long cents, Guid? requestId, Guid? invoiceId)
    {
        var booking = await house.DoAsync<ReceiptBook, Booking>(book => book.BookAsync(new ReceivedMoney
        {
            SourceKey = key,
            Method = PaymentMethod.Card,
            Amount = TestHouse.Euros(cents),
            ReceivedAt = house.Now,
            RequestId = requestId,
            InvoiceId = invoiceId,
        }));
        return booking.BookedBefore ? 0 : cents;
    }

    private static Task ImportAsync(TestHouse house, Dictionary<int, long> amounts) => house.DoAsync<InvoiceImports, InvoiceImport>(imports =>
        imports.RunAsync(Files.Of([.. amounts.Select(amount => Files.Row($"F-{amount.Key}", amount: $"{amount.Value / 100},{amount.Value % 100:00}"))]), "x.csv", null));

    private static IEnumerable<(string, string, long, DateOnly)> Imported(int[] order)
    {
        var house = new TestHouse();
        var rows = order.Select(number => Files.Row($"F-{number}", $"C-{number % 7}", $"Client {number % 7}", amount: $"{number},50")).ToArray();
        house.DoAsync<InvoiceImports, InvoiceImport>(imports => imports.RunAsync(Files.Of(rows), "x.csv", null)).GetAwaiter().GetResult();
        var customers = house.All<Customers.Customer>().ToDictionary(customer => customer.Id, customer => customer.Number);
        return house.All<Invoice>().Select(invoice => (invoice.Number, customers[invoice.CustomerId], invoice.Amount.AmountMinor, invoice.DueDate)).OrderBy(invoice => invoice.Number, StringComparer.Ordinal).ToArray();
    }

    private sealed record Step(StepKind Kind, int Invoice, int Cents, bool Repeat);
}
