using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tests.Imports;
using CentralPay.Workflows.Payments.Transfers;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Payments.Tests.Ledger;

/// <summary>Whatever happens in whatever order: what payers are asked for is what is owed, and every cent that came in is somewhere.</summary>
public sealed class AskedAndOwedProperties
{
    private static readonly FsCheck.Gen<Step> Steps =
        from kind in Gen.Elements(Enum.GetValues<StepKind>())
        from cents in Gen.Choose(1, 15_000)
        from pick in Gen.Choose(0, 5)
        select new Step(kind, cents, pick);

    private enum StepKind
    {
        Correct,
        OpenRequest,
        GatewayTakes,
        PayByCard,
        Transfer,
        UndoTransfer,
        Return,
        CancelRequest,
    }

    [Fact]
    public void Requests_ask_for_what_is_owed_and_no_cent_is_lost_after_any_sequence() =>
        Properties.Hold(Steps.ListOf(14), steps => HoldsAsync([.. steps]).GetAwaiter().GetResult(), tests: 200);

    private static async Task<bool> HoldsAsync(Step[] steps)
    {
        var house = new TestHouse();
        await ImportAsync(house, 10_000);
        var received = 0L;
        for (var index = 0; index < steps.Length; index++)
        {
            try
            {
                received += await DoAsync(house, steps[index], index);
            }
            catch (RuleViolationException)
            {
                // Refused: nothing may have changed.
            }

            if (Broken(house, received) is { } broken)
            {
                throw new InvalidOperationException($"{broken} after {string.Join(", ", steps.Take(index + 1).Select(step => $"{step.Kind} {step.Cents} #{step.Pick}"))}");
            }
        }

        return true;
    }

    private static string? Broken(TestHouse house, long received)
    {
        var invoice = house.All<Invoice>().Single();
        var active = house.All<PaymentRequest>().Where(request => request.RequestStatus == RequestStatus.Active).ToArray();
        var standing = house.All<Payment>().Where(payment => payment.State == PaymentState.Captured).Sum(payment => payment.Allocated.AmountMinor);
        return !house.BooksBalance() ? "The books do not balance"
            : house.Balance(LedgerAccount.GatewayClearing) + house.Balance(LedgerAccount.Bank) != received ? "Money is not where it came in"
            : house.Balance(LedgerAccount.CustomerCredit) > 0 ? "A customer's credit is below zero"
            : house.Balance(LedgerAccount.UnallocatedReceipts) > 0 ? "More was allocated than came in"
            : house.Balance(LedgerAccount.Dispute) != 0 ? "Something is disputed that nobody contests"
            : standing < (invoice.Amount - invoice.Open).AmountMinor ? "More counts as paid than stands"
            : invoice.Open.IsZero != (invoice.Status == InvoiceStatus.Paid) ? "The invoice's state is not what is owed"
            : invoice.Open.IsZero && active.Length > 0 ? "A paid invoice is still asked for"
            : active.Any(request => request.Amount - request.Paid != invoice.Open) ? $"A request asks for {active.First(request => request.Amount - request.Paid != invoice.Open)} of {invoice.Open}"
            : null;
    }

    private static async Task<long> DoAsync(TestHouse house, Step step, int index)
    {
        var invoice = house.All<Invoice>().Single();
        var requests = house.All<PaymentRequest>();
        var request = requests.Count == 0 ? null : requests[step.Pick % requests.Count];
        switch (step.Kind)
        {
            case StepKind.Correct:
                await ImportAsync(house, step.Cents);
                return 0;
            case StepKind.OpenRequest:
                await house.RequestAsync(invoice);
                return 0;
            case StepKind.GatewayTakes when request is { GatewayRequestId: null }:
                await TellAsync(house, request, step.Pick % 2 == 0 ? request.Amount.AmountMinor - request.Paid.AmountMinor : step.Cents, []);
                return 0;
            case StepKind.PayByCard when request is { GatewayRequestId: not null }:
                await TellAsync(house, request, null, [new GatewayPayment($"tx-{index}", PaymentMethod.Card, TestHouse.Euros(step.Cents), house.Now)]);
                return step.Cents;
            case StepKind.Transfer:
                await house.DoAsync<TransferIntake>(intake => intake.TakeInAsync([new ToldTransfer { SourceKey = $"statement:{index}", Amount = TestHouse.Euros(step.Cents), BookedOn = new DateOnly(2026, 11, 3), Remittance = $"x{index}" }], CancellationToken.None));
                await house.DoAsync<TransferMatching, MatchDecision>(matching => matching.DecideAsync(house.All<IncomingTransfer>()[^1].Id, invoice.Id));
                return step.Cents;
            case StepKind.UndoTransfer when house.All<IncomingTransfer>() is { Count: > 0 } transfers:
                await house.DoAsync<TransferMatching, IncomingTransfer>(matching => matching.UndoAsync(transfers[step.Pick % transfers.Count].Id));
                return 0;
            case StepKind.Return when house.All<Payment>().Where(payment => payment is { State: PaymentState.Captured, Method: PaymentMethod.Card }).ToArray() is { Length: > 0 } payments:
                var returned = payments[step.Pick % payments.Length];
                await house.DoAsync<ReceiptBook, bool>(book => book.TakeBackAsync(returned.Id, "MD06"));
                return -returned.Amount.AmountMinor;
            case StepKind.CancelRequest when request is not null:
                await house.DoAsync<PaymentRequests, PaymentRequest>(desk => desk.CancelAsync(new CancelPaymentRequest { RequestId = request.Id }));
                return 0;
            default:
                return 0;
        }
    }

    private static Task TellAsync(TestHouse house, PaymentRequest request, long? asked, GatewayPayment[] payments) => house.DoAsync<GatewaySync>(sync => sync.ApplyAsync(new GatewayRequest
    {
        Id = $"gw-{request.Id:N}",
        MerchantPaymentRequestId = request.Id.ToString(),
        Amount = asked is { } minor ? TestHouse.Euros(minor) : null,
        Endpoint = $"https://pay.example.test/{request.Id:N}",
        RequestStatus = "ACTIVE",
        PaymentStatus = "PARTIAL",
        Payments = payments,
    }));

    private static Task ImportAsync(TestHouse house, long cents) => house.DoAsync<InvoiceImports, InvoiceImport>(imports =>
        imports.RunAsync(Files.Of(Files.Row(amount: $"{cents / 100},{cents % 100:00}")), "x.csv", null));

    private sealed record Step(StepKind Kind, int Cents, int Pick);
}
