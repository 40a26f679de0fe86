using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Kernel;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Benchmarks.Durable;

/// <summary>An event starts a case; it waits, which is on the disk; another event resumes it; it ends, which is on the disk.</summary>
/// <param name="house">Where events are told.</param>
/// <param name="runs">What the nodes that run the cases have committed; none where that is the same house.</param>
internal sealed class DurableCycle(House house, params Milestones[] runs)
{
    private readonly Milestones[] nodes = runs.Length > 0 ? runs : [house.Milestones];

    /// <summary>One cycle; answers the case.</summary>
    public async Task<Guid> RunAsync()
    {
        var (caseId, resume) = await StartAsync();
        await resume();
        return caseId;
    }

    /// <summary>The first half of a cycle; answers the second.</summary>
    public async Task<Func<Task>> BeginAsync() => (await StartAsync()).Resume;

    /// <summary>A case that waits.</summary>
    public async Task<Guid> WaitAsync() => (await StartAsync()).CaseId;

    public static async Task RaiseAsync(House house, Stimulus stimulus)
    {
        await using var scope = house.Open();
        var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        work.Append(new StimulusRaised(stimulus));
        await work.CommitAsync();
    }

    /// <summary>Done when one of the nodes has committed it.</summary>
    private async Task ExpectAsync(Guid caseId, string what)
    {
        await await Task.WhenAny(nodes.Select(node => node.Expect(caseId, what)).ToArray());
        foreach (var node in nodes)
        {
            node.Reach(caseId, what);
        }
    }

    private async Task<(Guid CaseId, Func<Task> Resume)> StartAsync()
    {
        var number = Guid.CreateVersion7().ToString("N");
        var caseId = StimulusRouting.CaseId(house.MerchantId, StimulusRouting.StartKey(Drawing.WaitId, number));
        var waits = ExpectAsync(caseId, Milestones.WaitsAt(Drawing.WaitNodeId));
        await RaiseAsync(house, Event.Published(Drawing.Begin, $$"""{"number":"{{number}}","amount":12}""") with
        {
            OnlyDefinitionId = Drawing.WaitId,
            StartKey = number,
            Subject = new CaseSubject($"invoice:{number}", number, "C-1001"),
        });
        await waits;
        return (caseId, async () =>
        {
            var ended = ExpectAsync(caseId, Milestones.Finished);
            await RaiseAsync(house, Event.Published($"go {number}"));
            await ended;
        }
        );
    }
}
