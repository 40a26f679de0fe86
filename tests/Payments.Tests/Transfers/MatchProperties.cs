using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Transfers;
using FsCheck;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Payments.Tests.Transfers;

/// <summary>What holds for whatever is found for a transfer.</summary>
public sealed class MatchProperties
{
    private static readonly string[] AnyHit = [MatchReasons.VirtualIban, MatchReasons.Reference, MatchReasons.InvoiceNumber, MatchReasons.NumberAlike, MatchReasons.IbanKnown, MatchReasons.NameAgrees, MatchReasons.AmountExact];

    private static readonly Gen<MatchCandidate> Candidates =
        from owed in Gen.Choose(0, 6)
        from hit in Gen.Elements(AnyHit)
        from name in Gen.Elements(true, false)
        from iban in Gen.Elements(true, false)
        select new MatchCandidate([Owed(owed)], [new MatchReason(hit)], null, name, iban || hit == MatchReasons.IbanKnown);

    private static readonly Gen<(IncomingTransfer Transfer, MatchCandidate[] Found)> Cases =
        from amount in Gen.Choose(1, 6)
        from found in Candidates.ListOf().Resize(5)
        select (Came(amount), found.ToArray());

    [Fact]
    public void The_order_in_which_candidates_were_found_decides_nothing() => Properties.Hold(Cases, one =>
    {
        var (forward, backward) = (Decide(one.Transfer, one.Found), Decide(one.Transfer, [.. one.Found.Reverse()]));
        return forward.Cleared?.Key == backward.Cleared?.Key && forward.Reasons.Select(reason => reason.Code).SequenceEqual(backward.Reasons.Select(reason => reason.Code));
    }, tests: 2_000);

    [Fact]
    public void A_tie_never_clears() => Properties.Hold(Cases, one =>
    {
        // Each candidate a second time, as another debt of which everything else is the same.
        MatchCandidate[] doubled = [.. one.Found, .. one.Found.Select(candidate => candidate with { Invoices = [Owed(candidate.Open.AmountMinor)] })];
        return Decide(one.Transfer, doubled).Cleared is null;
    }, tests: 2_000);

    [Fact]
    public void A_typing_error_or_a_name_alone_never_clears() => Properties.Hold(Cases, one =>
        Decide(one.Transfer, one.Found).Cleared is not { } cleared || (cleared.Hits[0].Code != MatchReasons.NumberAlike && (cleared.Hits[0].Code != MatchReasons.NameAgrees || cleared.IbanKnown)), tests: 2_000);

    [Fact]
    public void Every_decision_says_why() => Properties.Hold(Cases, one => Decide(one.Transfer, one.Found).Reasons.Count > 0);

    [Fact]
    public void Parts_are_the_transfer_to_the_cent_and_no_debt_but_the_last_gets_more_than_it_owes() => Properties.Hold(
        from amount in Gen.Choose(1, 200)
        from owed in Gen.Choose(0, 60).NonEmptyListOf()
        select (Amount: TestHouse.Euros(amount), Owed: owed.Select(minor => Owed(minor)).ToArray()),
        one =>
        {
            var parts = MatchParts.Of(one.Amount, one.Owed);
            return parts.Sum(part => part.Amount.AmountMinor) == one.Amount.AmountMinor
                && parts.All(part => part.Amount.IsPositive)
                && parts.SkipLast(1).All(part => part.Amount <= one.Owed.Single(invoice => invoice.Id == part.InvoiceId).Open);
        });

    [Fact]
    public void A_set_of_debts_adds_up_is_found_whatever_their_order_and_never_uses_one_twice() => Properties.Hold(
        from owed in Gen.Choose(1, 40).NonEmptyListOf().Resize(12)
        from chosen in Gen.Choose(2, 4)
        select (Items: owed.Select(minor => Owed(minor)).ToArray(), Chosen: chosen),
        one =>
        {
            var amount = one.Items.Take(one.Chosen).Aggregate(TestHouse.Euros(0), (sum, item) => sum + item.Open);
            var (forward, backward) = (ItemSums.Of(amount, one.Items), ItemSums.Of(amount, one.Items.Reverse()));
            return (one.Items.Length < 2 || forward.Count > 0)
                && forward.Count == backward.Count
                && forward.All(set => set.Count > 1 && set.Distinct().Count() == set.Count && set.Sum(item => item.Open.AmountMinor) == amount.AmountMinor);
        });

    [Fact]
    public void A_search_among_many_debts_ends() =>
        Assert.InRange(ItemSums.Of(TestHouse.Euros(999_999), Enumerable.Range(0, 500).Select(index => Owed(100_000 + index))).Count, 0, ItemSums.MaxFound);

    private static (MatchCandidate? Cleared, IReadOnlyList<MatchReason> Reasons) Decide(IncomingTransfer transfer, MatchCandidate[] found) =>
        MatchRules.Decide(transfer, new MatchFindings(found));

    private static Invoice Owed(long minor)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id,
            MerchantId = TestHouse.MerchantId,
            Number = $"F-{id:N}",
            CustomerId = TestHouse.MerchantId,
            IssueDate = new DateOnly(2026, 10, 1),
            DueDate = new DateOnly(2026, 10, 31),
            Amount = TestHouse.Euros(Math.Max(1, minor)),
            Open = TestHouse.Euros(minor),
            Status = minor == 0 ? InvoiceStatus.Paid : InvoiceStatus.Open,
            ImportedAt = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero),
        };
    }

    private static IncomingTransfer Came(long minor) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = TestHouse.MerchantId,
        SourceKey = "statement:1",
        Amount = TestHouse.Euros(minor),
        BookedOn = new DateOnly(2026, 11, 3),
        ReceivedAt = new DateTimeOffset(2026, 11, 3, 0, 0, 0, TimeSpan.Zero),
    };
}
