using CentralPay.Workflows.Engine.Migration;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Tests.Execution;
using FsCheck;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Engine.Tests.Migration;

/// <summary>What holds for every migration, however the scenario is drawn and whenever its cases are moved.</summary>
public sealed class MigrationProperties
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(20260302, 7);

    [Fact]
    public void Migrating_to_an_identical_copy_changes_nothing_about_how_the_case_goes_on() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => GoesOnAlikeAsync(seed).GetAwaiter().GetResult())
            .Check(Seeded.WithMaxTest(60));

    [Fact]
    public void Whenever_a_case_is_migrated_its_charge_is_asked_once_and_answered_once() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => AsksOnceAsync(new System.Random(seed)).GetAwaiter().GetResult())
            .Check(Seeded.WithMaxTest(60));

    private static async Task<bool> GoesOnAlikeAsync(int seed)
    {
        var stayed = await RunAsync(seed, migrates: false);
        var moved = await RunAsync(seed, migrates: true);
        return stayed.SequenceEqual(moved);
    }

    /// <summary>One story of a random scenario: what was done, and how the case stood after each event.</summary>
    private static async Task<List<string>> RunAsync(int seed, bool migrates)
    {
        var (json, steps) = RandomFlow.Draw(new System.Random(seed));
        var random = new System.Random(seed);
        await using var house = new House();
        await house.PublishAsync(json);
        await house.StartAsync();
        var story = new List<string>();
        for (var version = 1; version <= 12; version++)
        {
            if (migrates && (await house.CaseAsync()).Status == CaseStatus.Running)
            {
                await house.PublishAsync(json);
                var done = await house.MigrateAsync(new MigrationOrder { DefinitionId = "random", From = version });
                if (done.Moved != 1)
                    return [.. done.Reasons.Select(reason => reason.ToString())];
            }

            if (random.Next(2) == 0)
                await house.RaiseAndDrainAsync(Ask.Answered($"n{random.Next(steps)}", "yes"));
            house.Clock.Advance(TimeSpan.FromDays(random.Next(3)));
            await house.Worker.DrainAsync();
            var stands = await house.CaseAsync();
            story.Add($"{stands.SubStatus} {stands.WaitingNodeId} {stands.WaitingSince} {stands.WaitingUntil}");
        }

        return [.. story, .. house.Log.Lines];
    }

    private static async Task<bool> AsksOnceAsync(System.Random random)
    {
        await using var house = new House();
        string[] names = ["pay", "collect", "charge"];
        await house.PublishAsync(Charging(names[0]));
        var begun = await house.StartAsync();
        var version = 1;
        var answers = random.Next(1, 4);
        for (var turn = random.Next(1, 6); turn > 0; turn--)
        {
            var next = random.Next(names.Length);
            await house.PublishAsync(Charging(names[next]));
            var standing = (await house.CaseAsync()).WaitingNodeId;
            await house.MigrateAsync(new MigrationOrder { DefinitionId = "dunning", From = version++, Steps = standing is null ? [] : new Dictionary<string, string?> { [standing] = names[next] } }, drain: random.Next(2) == 0);
            if (random.Next(3) == 0 && answers-- > 0)
                await house.RaiseAsync(Charge.Answer($"{begun.Id:N}-3"));
            await house.Worker.DrainAsync();
        }

        await house.RaiseAndDrainAsync(Charge.Answer($"{begun.Id:N}-3"));
        return house.Log.Lines.SequenceEqual([$"asked {begun.Id:N}-3", $"answered {begun.Id:N}-3", "end"])
            && (await house.CaseAsync()).SubStatus == CaseSubStatus.Finished && await house.Store.DepthAsync() == 0;
    }

    private static string Charging(string charge) => Draw.Scenario("dunning").Step(charge, "Test.Charge").Step("end", "Test.Note").Connect($"start>{charge}", $"{charge}>end").Json;
}
