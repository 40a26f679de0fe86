using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Collections;

/// <summary>What a case is called, and how it stands, as a sentence: "Waiting for payment until Thursday 12 March".</summary>
public static class CaseWords
{
    /// <summary>What the case is called: after the invoice it is about, else by what people call it.</summary>
    public static string TitleOf(CaseRecord about, IStringLocalizer<Phrases> say)
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(say);
        return about switch
        {
            { KeepsClock: true } => say["case.clock"],
            { Reference: { } invoice } when InvoiceOf(about) is not null => say["case.of", invoice],
            { Reference: { } reference } => say["case.called", reference],
            _ => say["case.title"],
        };
    }

    /// <summary>The invoice that the case is about; null where it is about none.</summary>
    public static Guid? InvoiceOf(CaseRecord about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return CaseSubjects.InvoiceIdOf(about.CorrelationId);
    }

    /// <summary>How the case stands.</summary>
    /// <param name="running">The case.</param>
    /// <param name="definition">The version that it runs on; null where it is gone.</param>
    /// <param name="model">What steps are called.</param>
    /// <param name="say">The words.</param>
    /// <param name="show">How dates are written.</param>
    public static string Sentence(CaseRecord running, ScenarioDefinition? definition, ScenarioCanvasModel model, IStringLocalizer<Phrases> say, Display show)
    {
        ArgumentNullException.ThrowIfNull(running);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(say);
        ArgumentNullException.ThrowIfNull(show);
        var step = definition?.AllSteps().FirstOrDefault(each => each.Id == running.WaitingNodeId);
        var ended = running.FinishedAt ?? running.UpdatedAt;
        return running switch
        {
            { SubStatus: CaseSubStatus.Paused } => say["case.paused"],
            { SubStatus: CaseSubStatus.Faulted } => say["case.faulted"],
            { SubStatus: CaseSubStatus.Cancelled } => say["case.cancelled", show.LongDate(show.DayOf(ended))],
            { SubStatus: CaseSubStatus.Terminated } => say["case.terminated", show.LongDate(show.DayOf(ended))],
            { Status: CaseStatus.Finished } => say["case.finished", show.LongDate(show.DayOf(ended))],
            { WaitingUntil: { } until } when step is not null => say["case.waitingFor", Waiting(step, model, say), show.LongDate(show.DayOf(until))],
            _ when step is not null => say["case.waiting", Waiting(step, model, say)],
            _ => say["case.running"],
        };
    }

    private static string Waiting(StepDefinition step, ScenarioCanvasModel model, IStringLocalizer<Phrases> say) =>
        say.Code("case.waits", step.Type, say["case.waits.other", model.TitleOf(step)]);
}
