using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Kernel;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Benchmarks.Durable;

/// <summary>An event starts a case; it waits, which is on the disk; another event resumes it; it ends, which is on the disk.</summary>
internal sealed class DurableCycle(House house)
{
    /// <summary>One cycle; answers the case.</summary>
    public async Task<Guid> RunAsync()
    {
        var number = Guid.CreateVersion7().ToString("N");
        var caseId = StimulusRouting.CaseId(house.MerchantId, StimulusRouting.StartKey(Drawing.WaitId, number));
        var waits = house.Milestones.Expect(caseId, Milestones.WaitsAt(Drawing.WaitNodeId));
        await RaiseAsync(Event.Published(Drawing.Begin, $$"""{"number":"{{number}}","amount":12}""") with
        {
            OnlyDefinitionId = Drawing.WaitId,
            StartKey = number,
            Subject = new CaseSubject($"invoice:{number}", number, "C-1001"),
        });
        await waits;

        var ended = house.Milestones.Expect(caseId, Milestones.Finished);
        await RaiseAsync(Event.Published($"go {number}"));
        await ended;
        return caseId;
    }

    private async Task RaiseAsync(Stimulus stimulus)
    {
        await using var scope = house.Open();
        var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        work.Append(new StimulusRaised(stimulus));
        await work.CommitAsync();
    }
}
