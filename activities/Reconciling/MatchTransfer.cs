using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Activities.Reconciling;

/// <summary>Finds the invoice of the bank transfer and books it; what is uncertain becomes a person's decision.</summary>
[Activity("CentralPay", "Reconciling", "Finds the invoice that the bank transfer pays and books it. What is not certain is left to a person.", DisplayName = "Match transfer")]
[FlowNode("Matched", "To decide")]
public class MatchTransfer : Activity
{
    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var decision = await context.GetRequiredService<TransferMatching>()
            .MatchAsync(CaseSubjects.TransferId(context), context.CancellationToken);
        context.JournalData["reasons"] = string.Join(", ", decision.Reasons.Select(reason => reason.Code));
        await context.CompleteActivityWithOutcomesAsync(decision.Status == TransferStatus.Matched ? "Matched" : "To decide");
    }
}
