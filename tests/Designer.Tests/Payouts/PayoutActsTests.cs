using CentralPay.Workflows.Designer.Payouts;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Payouts;

namespace CentralPay.Workflows.Designer.Tests.Payouts;

/// <summary>What a person finds to do on the page of a payout.</summary>
public sealed class PayoutActsTests
{
    [Theory]
    [InlineData("en", "Found there: paid", "Not there: not paid")]
    [InlineData("fr", "Trouvé\u00A0: payé", "Introuvable\u00A0: non payé")]
    public async Task An_order_whose_outcome_is_not_known_is_confirmed_by_whoever_proposes_payouts(string language, string found, string notFound)
    {
        var inDoubt = Payout(PayoutWay.Gateway, "The gateway did not answer within 10 s.");

        var shown = await ShownAsync(language, inDoubt, mayPropose: true);

        Assert.Contains(found, shown, StringComparison.Ordinal);
        Assert.Contains(notFound, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<button", await ShownAsync(language, inDoubt, mayPropose: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_whose_answer_is_still_awaited_is_confirmed_by_nobody() =>
        Assert.DoesNotContain("<button", await ShownAsync("en", Payout(PayoutWay.Gateway, null), mayPropose: true), StringComparison.Ordinal);

    private static Task<string> ShownAsync(string language, Payout payout, bool mayPropose) => Rendered.AsAsync<PayoutActs>(language, new()
    {
        [nameof(PayoutActs.Payout)] = payout,
        [nameof(PayoutActs.Beneficiary)] = new Beneficiary
        {
            Id = payout.BeneficiaryId,
            MerchantId = payout.MerchantId,
            Code = "affiliate",
            Name = "Affiliate SAS",
            Kind = payout.Kind,
            Way = payout.Way,
            EditedBy = "anna",
            EditedByName = "Anna",
            EditedAt = payout.ProposedAt,
            AccountSetBy = "anna",
            AccountSetAt = payout.ProposedAt,
            CreatedAt = payout.ProposedAt,
        },
        [nameof(PayoutActs.MayPropose)] = mayPropose,
    });

    private static Payout Payout(PayoutWay way, string? problem) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = Guid.CreateVersion7(),
        Reference = "R-1",
        BeneficiaryId = Guid.CreateVersion7(),
        Amount = new Money(12000, "EUR"),
        Kind = BeneficiaryKind.ThirdParty,
        Operations = 1,
        Way = way,
        State = PayoutState.InProgress,
        Problem = problem,
        Reason = "person",
        Creators = "anna",
        ProposedByName = "Anna",
        ProposedAt = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
    };
}
