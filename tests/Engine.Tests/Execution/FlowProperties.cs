using CentralPay.Workflows.Engine.Runtime;
using FsCheck;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Engine.Tests.Execution;

/// <summary>What holds for every scenario, however it is drawn and in whatever order things happen.</summary>
public sealed class FlowProperties
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(20260302, 7);

    [Fact]
    public void Every_case_of_an_acyclic_scenario_ends_and_no_wait_or_token_is_left() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => RunRandomFlowAsync(new System.Random(seed)).GetAwaiter().GetResult())
            .Check(Seeded.WithMaxTest(60));

    [Fact]
    public void However_stimuli_are_doubled_and_mixed_each_case_ends_once() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => RunMixedStimuliAsync(new System.Random(seed)).GetAwaiter().GetResult())
            .Check(Seeded.WithMaxTest(40));

    [Fact]
    public void A_failing_step_leaves_the_state_as_it_was_before_it() =>
        Prop.ForAll(Gen.Choose(1, 4).ToArbitrary(), failures => RunFailingAsync(failures).GetAwaiter().GetResult())
            .Check(Seeded.WithMaxTest(20));

    private static async Task<bool> RunRandomFlowAsync(System.Random random)
    {
        await using var house = new House();
        var (json, count) = RandomFlow.Draw(random);
        await house.PublishAsync(json);
        await house.StartAsync();
        for (var round = 0; round < 40 && (await house.CaseAsync()).Status == CaseStatus.Running; round++)
        {
            if (random.Next(2) == 0)
                await house.RaiseAndDrainAsync(Ask.Answered($"n{random.Next(count)}", "yes"));
            house.Clock.Advance(TimeSpan.FromDays(random.Next(3)));
            await house.Worker.DrainAsync();
        }

        house.Clock.Advance(TimeSpan.FromDays(1_000));
        await house.Worker.DrainAsync();
        house.Clock.Advance(TimeSpan.FromDays(1_000));
        await house.Worker.DrainAsync();

        var details = await house.DetailsAsync();
        return details is { Case: { Status: CaseStatus.Finished, SubStatus: CaseSubStatus.Finished, WaitingNodeId: null }, Bookmarks.Count: 0, Incidents.Count: 0 }
            && await house.Store.NextTimerDueAsync() is null && await house.Store.DepthAsync() == 0;
    }

    private static async Task<bool> RunMixedStimuliAsync(System.Random random)
    {
        await using var house = new House();
        await house.PublishAsync(Draw.Scenario("mixed")
            .Step("ask", "Test.Ask", ("question", "CEL", "input.invoice")).Step("again", "Test.Ask", ("question", "CEL", "input.invoice + ' again'"))
            .Step("done", "Test.Note", ("text", "CEL", "'done ' + input.invoice"))
            .Connect("start>ask", "ask.Answered>again", "again.Answered>done").Json);
        var stimuli = new List<Stimulus>();
        for (var number = 0; number < 3; number++)
        {
            var start = CentralPay.Workflows.Engine.Activities.Event.Published("Start", $$"""{"invoice":"F{{number}}"}""") with { StartKey = $"F{number}", Subject = new CaseSubject($"invoice:F{number}", null, null) };
            stimuli.AddRange(Enumerable.Repeat(start, random.Next(1, 4)));
            stimuli.AddRange(Enumerable.Repeat(Ask.Answered($"F{number}", "yes"), random.Next(1, 4)));
            stimuli.AddRange(Enumerable.Repeat(Ask.Answered($"F{number} again", "yes"), random.Next(1, 4)));
        }

        var mixed = stimuli.ToArray();
        random.Shuffle(mixed);
        foreach (var stimulus in mixed)
        {
            await house.RaiseAsync(stimulus);
            if (random.Next(3) == 0)
                await house.Worker.DrainAsync();
        }

        await house.Worker.DrainAsync();
        var done = house.Log.Lines.Where(line => line.StartsWith("done", StringComparison.Ordinal)).Order();
        return done.SequenceEqual(["done F0", "done F1", "done F2"]) && await house.Store.DepthAsync() == 0;
    }

    private static async Task<bool> RunFailingAsync(int failures)
    {
        await using var house = new House();
        house.Log.FailuresLeft = failures;
        await house.PublishAsync(Draw.Scenario("failing").Variable("Count", "Int32", 1)
            .Step("ask", "Test.Ask", ("question", "Literal", "q")).Step("fail", "Test.Failing").Connect("start>ask", "ask.Answered>fail").Json);
        await house.StartAsync();
        await house.RaiseAndDrainAsync(Ask.Answered("q", "yes"));
        for (var attempt = 0; attempt < failures; attempt++)
        {
            var details = await house.DetailsAsync();
            var state = System.Text.Encoding.UTF8.GetString(details.Case.State.Span);
            if (details.Bookmarks.Count != 0 || state.Contains("\"id-Count\":99", StringComparison.Ordinal) || details.Case.CorrelationId != "invoice:one" || await house.Store.DepthAsync() != 0)
                return false;
            await house.DecideAsync(desk => desk.RetryAsync(details.Incidents.Single().Id, "anna"));
        }

        return (await house.CaseAsync()).SubStatus == CaseSubStatus.Finished;
    }
}
