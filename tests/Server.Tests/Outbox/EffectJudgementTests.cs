using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Server.Outbox;

namespace CentralPay.Workflows.Server.Tests.Outbox;

public sealed class EffectJudgementTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 12, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(nameof(EffectOutcomeKind.Delivered), nameof(EffectState.Delivered))]
    [InlineData(nameof(EffectOutcomeKind.Refused), nameof(EffectState.Refused))]
    [InlineData(nameof(EffectOutcomeKind.Dropped), nameof(EffectState.Cancelled))]
    [InlineData(nameof(EffectOutcomeKind.Failed), nameof(EffectState.Pending))]
    public void An_outcome_settles_its_effect(string outcome, string state) =>
        Assert.Equal(Enum.Parse<EffectState>(state), Judge(Webhook(), Enum.Parse<EffectOutcomeKind>(outcome)).State);

    [Fact]
    public void A_lost_answer_is_asked_for_again_where_the_destination_knows_the_key_and_never_where_it_does_not()
    {
        Assert.Equal(EffectState.Pending, Judge(Webhook() with { Repeat = EffectRepeat.Idempotent }, EffectOutcomeKind.Unknown).State);
        Assert.Equal(EffectState.Pending, Judge(Webhook() with { Repeat = EffectRepeat.Queryable }, EffectOutcomeKind.Unknown).State);
        Assert.Equal(EffectState.Unknown, Judge(Webhook() with { Repeat = EffectRepeat.Neither }, EffectOutcomeKind.Unknown).State);
    }

    [Fact]
    public void A_callback_is_tried_ten_times_over_three_days_and_then_given_up()
    {
        var effect = Webhook();
        var at = Now;
        for (var attempt = 1; attempt <= 9; attempt++)
        {
            var settled = EffectJudgement.Of(effect, new EffectOutcome { Kind = EffectOutcomeKind.Failed }, at, 0.5);
            Assert.Equal(EffectState.Pending, settled.State);
            Assert.True(settled.NextDueAt > at);
            at = settled.NextDueAt!.Value;
            effect = effect with { Attempts = attempt };
        }

        Assert.Equal(EffectState.GivenUp, EffectJudgement.Of(effect, new EffectOutcome { Kind = EffectOutcomeKind.Failed }, at, 0.5).State);
        Assert.InRange(at - Now, TimeSpan.FromDays(3), TimeSpan.FromDays(4));
    }

    [Fact]
    public void What_failed_together_does_not_come_back_together()
    {
        var early = EffectJudgement.Of(Webhook(), new EffectOutcome { Kind = EffectOutcomeKind.Failed }, Now, 0);
        var late = EffectJudgement.Of(Webhook(), new EffectOutcome { Kind = EffectOutcomeKind.Failed }, Now, 1);
        Assert.True(early.NextDueAt < late.NextDueAt);
    }

    [Fact]
    public void A_destination_that_asks_for_time_gets_it()
    {
        var settled = EffectJudgement.Of(Webhook(), new EffectOutcome { Kind = EffectOutcomeKind.Failed, RetryAfter = TimeSpan.FromHours(1) }, Now, 0.5);
        Assert.Equal(Now.AddHours(1), settled.NextDueAt);
    }

    private static EffectSettlement Judge(Effect effect, EffectOutcomeKind outcome) => EffectJudgement.Of(effect, new EffectOutcome { Kind = outcome }, Now, 0.5);

    private static Effect Webhook() => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = Guid.CreateVersion7(),
        Key = "key",
        Kind = EffectKinds.Webhook,
        Lane = "lane",
        Repeat = EffectRepeat.Idempotent,
        PayloadJson = "{}",
        DueAt = Now,
        AskedAt = Now,
    };
}
