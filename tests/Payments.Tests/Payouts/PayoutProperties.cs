using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Rules;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Payments.Tests.Payouts;

/// <summary>Whatever is paid, shared, taken back and paid out, in whatever order: to the cent, balanced, and never more than was there.</summary>
public sealed class PayoutProperties
{
    private static readonly FsCheck.Gen<(StepKind Kind, int Invoice, int Number)> Steps =
        from kind in Gen.Elements(Enum.GetValues<StepKind>())
        from invoice in Gen.Choose(0, 3)
        from number in Gen.Choose(1, 20_000)
        select (kind, invoice, number);

    private enum StepKind
    {
        PayByCard,
        PayByTransfer,
        Split,
        Lower,
        Days,
        Propose,
        Approve,
        Execute,
        Refuse,
        Cancel,
    }

    [Fact]
    public void Share_and_kept_are_the_whole_and_the_remainder_is_less_than_a_cent_each() => Properties.Hold(
        from cents in Gen.Choose(0, int.MaxValue)
        from basisPoints in Gen.Choose(1, ShareTerms.Whole)
        from rounding in Gen.Elements(ShareRounding.ToMerchant, ShareRounding.ToBeneficiary)
        select (cents, basisPoints, rounding),
        shared =>
        {
            var (cents, basisPoints, rounding) = shared;
            var outcome = new ShareTerms(basisPoints, null, rounding).Of(TestHouse.Euros(cents));
            var exact = (decimal)cents * basisPoints / ShareTerms.Whole;
            var wanted = rounding == ShareRounding.ToMerchant ? decimal.Floor(exact) : decimal.Ceiling(exact);
            return outcome.Share.AmountMinor == wanted && outcome.Share + outcome.Kept == TestHouse.Euros(cents) && outcome.Remainder.AmountMinor is 0 or 1;
        },
        tests: 2_000);

    [Fact]
    public void The_books_balance_shares_are_exact_and_nothing_is_promised_or_paid_beyond_what_was_there()
    {
        var ends = new Dictionary<PayoutState, int>();
        Properties.Hold(Steps.ListOf(30), steps => HoldsAsync([.. steps], ends).GetAwaiter().GetResult(), tests: 120);

        // The steps lead somewhere: payouts were completed and cancelled on the way.
        Assert.True(ends.GetValueOrDefault(PayoutState.Completed) > 0 && ends.GetValueOrDefault(PayoutState.Cancelled) > 0, string.Join(", ", ends));
    }

    private static async Task<bool> HoldsAsync((StepKind Kind, int Invoice, int Number)[] steps, Dictionary<PayoutState, int> ends)
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        var invoices = new Dictionary<int, Invoice>();
        foreach (var (kind, invoice, number) in steps)
        {
            await DoAsync(house, affiliate, invoices, kind, invoice, number);
            if (!Fits(house, affiliate))
            {
                return false;
            }
        }

        foreach (var payout in house.All<Payout>())
        {
            ends[payout.State] = ends.GetValueOrDefault(payout.State) + 1;
        }

        return true;
    }

    private static bool Fits(TestHouse house, Beneficiary affiliate)
    {
        var splits = house.All<Split>();
        var payouts = house.All<Payout>();
        var completed = payouts.Where(payout => payout.State == PayoutState.Completed).Sum(payout => payout.Amount.AmountMinor);
        var booked = splits.Sum(split => split.Amount.AmountMinor);
        var sharesAreExact = splits.GroupBy(split => split.InvoiceId).All(ofOne =>
        {
            var invoice = house.Get<Invoice>(ofOne.Key);
            var collected = (invoice.Amount - invoice.Open).AmountMinor;
            return ofOne.Sum(split => split.Amount.AmountMinor) is var sum && sum >= 0 && sum <= collected / 10;
        });
        var operationsAddUp = payouts.Where(payout => PayoutLife.IsOpen(payout.State) || payout.State == PayoutState.Completed)
            .All(payout => payout.Amount.IsPositive && splits.Where(split => split.PayoutId == payout.Id).Sum(split => split.Amount.AmountMinor) == payout.Amount.AmountMinor);
        var cancelledHoldNothing = splits.All(split => split.PayoutId is not { } id || house.Get<Payout>(id).State != PayoutState.Cancelled);
        return house.BooksBalance() && sharesAreExact && operationsAddUp && cancelledHoldNothing
            && house.Owed(affiliate) == booked - completed
            && house.Balance(LedgerAccount.GatewayClearing) >= 0 && house.Balance(LedgerAccount.Bank) >= 0;
    }

    private static async Task DoAsync(TestHouse house, Beneficiary affiliate, Dictionary<int, Invoice> invoices, StepKind kind, int which, int number)
    {
        var open = house.All<Payout>().Where(payout => PayoutLife.IsOpen(payout.State)).ToArray();
        switch (kind)
        {
            case StepKind.PayByCard when !invoices.ContainsKey(which):
                invoices[which] = await house.PaidInvoiceAsync(number, $"F-{which}");
                break;
            case StepKind.PayByTransfer when !invoices.ContainsKey(which):
                invoices[which] = await house.TransferredAsync(number, $"F-{which}");
                break;
            case StepKind.Split when invoices.TryGetValue(which, out var invoice):
                await house.SplitAsync(invoice);
                break;
            case StepKind.Lower when invoices.TryGetValue(which, out var invoice) && number < house.Get<Invoice>(invoice.Id).Amount.AmountMinor:
                await house.LowerAsync(invoice, number);
                break;
            case StepKind.Days:
                house.Clock.Move(TimeSpan.FromDays(number % 4));
                break;
            case StepKind.Propose:
                await house.ProposeAsync(affiliate);
                break;
            case StepKind.Approve when open.FirstOrDefault(payout => payout.State == PayoutState.AwaitingApproval) is { } waiting:
                await TryAsync(() => house.ApproveAsync(waiting));
                break;
            case StepKind.Cancel when open.FirstOrDefault(payout => payout.State != PayoutState.InProgress) is { } given:
                await house.DoAsync<PayoutDesk, Payout>(desk => desk.CancelAsync(given.Id, "not needed"), PayoutHouse.Manager);
                break;
            case StepKind.Execute or StepKind.Refuse when open.FirstOrDefault(payout => payout.State == PayoutState.AwaitingPayment) is { } signed:
                await house.SendAsync(signed);
                await house.TellAsync(signed, kind == StepKind.Execute ? GatewayPayoutStatus.Executed : GatewayPayoutStatus.Refused);
                break;
        }
    }

    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (RuleViolationException)
        {
            // Refused, and nothing changed: the properties hold as before.
        }
    }
}
