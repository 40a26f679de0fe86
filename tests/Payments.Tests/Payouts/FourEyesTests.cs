using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Payouts;

public sealed class FourEyesTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    // Who signs, whether a scenario made it, and the rule that keeps them from it.
    [Theory]
    [InlineData("creator", false, RuleCodes.PayoutOwn)]
    [InlineData("creator", true, RuleCodes.PayoutOwn)]
    [InlineData("reviser", false, RuleCodes.PayoutOwn)]
    [InlineData("iban-editor", false, RuleCodes.PayoutOwnAccount)]
    [InlineData("iban-editor", true, RuleCodes.PayoutOwnAccount)]
    [InlineData("publisher", true, RuleCodes.PayoutOwnScenario)]
    [InlineData("publisher", false, null)]
    [InlineData("last-editor", true, RuleCodes.PayoutOwnBeneficiary)]
    [InlineData("last-editor", false, null)]
    [InlineData("somebody-else", true, null)]
    [InlineData("somebody-else", false, null)]
    [InlineData("system", true, RuleCodes.PayoutOwn)]
    [InlineData("system", false, RuleCodes.PayoutOwn)]
    public void Nobody_signs_their_own(string who, bool madeByScenario, string? rule) =>
        Assert.Equal(rule, FourEyes.Refusal(TestHouse.Somebody(who), Payout(), Beneficiary(), ["publisher"], madeByScenario));

    [Theory]
    [InlineData("creator", RuleCodes.PayoutOwn)]
    [InlineData("iban-editor", RuleCodes.PayoutOwnAccount)]
    [InlineData("publisher", RuleCodes.PayoutOwnScenario)]
    [InlineData("last-editor", RuleCodes.PayoutOwnBeneficiary)]
    [InlineData("somebody-else", null)]
    public void A_key_of_a_machine_signs_for_whoever_issued_it(string issuer, string? rule) =>
        Assert.Equal(rule, FourEyes.Refusal(TestHouse.Somebody("key:1", issuer), Payout(), Beneficiary(), ["publisher"], isAutomatic: true));

    [Fact]
    public void What_a_key_made_is_not_signed_by_whoever_issued_it()
    {
        var made = Payout() with { Creators = FourEyes.IdentitiesOf(TestHouse.Somebody("key:1", "issuer")) };

        Assert.Equal(RuleCodes.PayoutOwn, FourEyes.Refusal(TestHouse.Somebody("issuer"), made, Beneficiary(), [], isAutomatic: false));
        Assert.Equal(RuleCodes.PayoutOwn, FourEyes.Refusal(TestHouse.Somebody("key:2", "issuer"), made, Beneficiary(), [], isAutomatic: false));
    }

    private static Payout Payout() => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = TestHouse.MerchantId,
        Reference = "PO-1",
        BeneficiaryId = Guid.CreateVersion7(),
        Amount = new Money(100, "EUR"),
        Kind = BeneficiaryKind.ThirdParty,
        Operations = 1,
        Way = PayoutWay.Gateway,
        Reason = ProposalReasons.Person,
        Creators = "creator reviser",
        ProposedByName = "creator",
        ProposedAt = At,
    };

    private static Beneficiary Beneficiary() => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = TestHouse.MerchantId,
        Code = "affilie",
        Name = "Affilié SARL",
        Kind = BeneficiaryKind.ThirdParty,
        Way = PayoutWay.Gateway,
        EditedBy = "last-editor",
        EditedByName = "last-editor",
        EditedAt = At,
        AccountSetBy = "iban-editor",
        AccountSetAt = At,
        CreatedAt = At,
    };
}
