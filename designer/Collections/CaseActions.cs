using System.Text.Json;
using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Designer.Collections;

/// <summary>
/// What a person may do to a case: start, pause or end it, correct a value, decide what goes on after a problem. Pages and the API use it alike; the audit entry
/// is committed with the decision. Scoped to a merchant.
/// </summary>
public sealed class CaseActions(
    CaseDesk cases, VariableDesk variables, IncidentDesk incidents, ICaseStore store, IQueuedStarts queued, IEngineUnitOfWork work, IMerchantRecords records, AuditLog audit, ICurrentActor current, IWorkSignal signal)
{
    private const int MostConflicts = 5;
    private const int MostReasonCharacters = 500;

    /// <summary>Starts a case of a scenario; once for a key. Answers the case.</summary>
    /// <exception cref="RuleViolationException">No version of the scenario is published, or a case of it runs for the invoice that was not started under this key.</exception>
    public async Task<Guid> StartAsync(string definitionId, string? key, CaseSubject subject, string? inputJson, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        current.Actor.Require(Permissions.WorkTasks);
        var mark = work.Position;
        for (var conflict = 1; ; conflict++)
        {
            try
            {
                var started = await StartOnceAsync(definitionId, key ?? Guid.CreateVersion7().ToString("N"), subject, inputJson, cancellationToken);
                signal.Set();
                return started;
            }
            catch (RecordConflictException) when (conflict < MostConflicts)
            {
                // Somebody changed the invoice, or starts a case for it too: decided again on what is there now.
                work.CutBack(mark);
            }
        }
    }

    /// <summary>Pauses a running case: what comes is kept until it goes on.</summary>
    /// <exception cref="RuleViolationException">It has ended, or is paused already.</exception>
    public Task PauseAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        ActAsync("case.paused", $"case:{caseId}", null, () => cases.PauseAsync(caseId, current.Actor.Name, cancellationToken), () => ValueTask.FromResult(RuleCodes.CaseCannotPause));

    /// <summary>Lets a paused case go on with all that came meanwhile.</summary>
    /// <exception cref="RuleViolationException">It is not paused.</exception>
    public Task ContinueAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        ActAsync("case.continued", $"case:{caseId}", null, () => cases.ContinueAsync(caseId, cancellationToken), () => ValueTask.FromResult(RuleCodes.CaseCannotContinue));

    /// <summary>Gives a variable of a running case another value.</summary>
    /// <exception cref="RuleViolationException">The reason is missing, it or the value holds a card number, there is no such case or variable, or it cannot hold the value, or the case would keep too much.</exception>
    public async Task ChangeVariableAsync(Guid caseId, string name, JsonElement value, string? why, CancellationToken cancellationToken = default)
    {
        TextRules.Check("reason", why, MostReasonCharacters);
        if (CardNumber.IsIn(value))
        {
            throw RuleViolationException.Of("value", RuleCodes.CardNumber);
        }

        try
        {
            await ActAsync("case.variable-changed", $"case:{caseId}", new { name, reason = why }, () => variables.ChangeAsync(caseId, name, value, current.Actor.Name, why!, cancellationToken), () => RefusalOfCaseAsync(caseId, cancellationToken));
        }
        catch (VariableRefusedException refused)
        {
            throw refused.Refusal switch
            {
                VariableRefusal.Unknown => RuleViolationException.Of("name", RuleCodes.VariableUnknown),
                VariableRefusal.TooLarge => RuleViolationException.Of("value", RuleCodes.ValueTooLarge, ("limit", refused.Bound)),
                _ => RuleViolationException.Of("value", RuleCodes.ValueOfAnotherKind, ("kind", refused.Bound)),
            };
        }
    }

    /// <summary>Tells that a program did what a case asked of it, and what came of it; false where no case waits for it.</summary>
    public Task<bool> CompleteTaskAsync(string taskId, string? resultJson, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.WorkTasks);
        audit.Write("case.task-completed", $"task:{taskId}");
        return cases.CompleteTaskAsync(taskId, resultJson, cancellationToken);
    }

    /// <summary>Ends a running case; what it sent and booked stays.</summary>
    /// <exception cref="RuleViolationException">There is no such case, it has ended, or it keeps the clock of its scenario.</exception>
    public Task CancelAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        EndAsync("case.cancelled", caseId, () => cases.CancelAsync(caseId, current.Actor.Name, cancellationToken), cancellationToken);

    /// <summary>Ends a running case here and now, without its scenario; for one that cannot be cancelled any more.</summary>
    /// <exception cref="RuleViolationException">There is no such case, it has ended, or it keeps the clock of its scenario.</exception>
    public Task TerminateAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        EndAsync("case.terminated", caseId, () => cases.TerminateAsync(caseId, current.Actor.Name, cancellationToken), cancellationToken);

    /// <summary>Runs the failed step again.</summary>
    /// <exception cref="RuleViolationException">There is no such incident, or it was decided already.</exception>
    public Task RetryAsync(Guid incidentId, CancellationToken cancellationToken = default) =>
        DecideAsync(incidentId, new Decision(DecisionKind.Retry), cancellationToken);

    /// <summary>Goes on after the failed step by an outcome; it need not be named where there is only one.</summary>
    /// <exception cref="RuleViolationException">There is no such incident, it was decided already, or there is no such outcome.</exception>
    public Task SkipAsync(Guid incidentId, string? outcome, CancellationToken cancellationToken = default) =>
        DecideAsync(incidentId, new Decision(DecisionKind.Skip) { Outcome = outcome }, cancellationToken);

    /// <summary>Closes an incident that stopped no case, once somebody has seen to it outside.</summary>
    /// <exception cref="RuleViolationException">There is no such incident, it was decided already, or it stopped a case.</exception>
    public Task CloseAsync(Guid incidentId, CancellationToken cancellationToken = default) =>
        DecideAsync(incidentId, new Decision(DecisionKind.Close), cancellationToken);

    /// <summary>Decides an incident.</summary>
    /// <exception cref="RuleViolationException">There is no such incident, it was decided already, it cannot be decided so, or an input of the step cannot take its value.</exception>
    public async Task DecideAsync(Guid incidentId, Decision decision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Inputs.Where(input => CardNumber.IsIn(input.Value)).Select(input => RuleViolation.Of($"inputs.{input.Key}", RuleCodes.CardNumber)).ToList() is { Count: > 0 } cards)
        {
            throw new RuleViolationException(cards);
        }

        try
        {
            // Which inputs were given stands in the audit; their values may be personal data, and stand in the case alone.
            await ActAsync(ActionOf(decision), $"incident:{incidentId}", new { decision.Outcome, inputs = decision.Inputs.Keys }, () => incidents.DecideAsync(incidentId, decision, current.Actor.Name, cancellationToken), () => RefusalOfIncidentAsync(incidentId, decision, cancellationToken));
        }
        catch (InputRefusedException refused)
        {
            throw RuleViolationException.Of($"inputs.{refused.Input}", refused.Refusal switch
            {
                InputRefusal.Required => RuleCodes.Required,
                InputRefusal.WrongType => RuleCodes.ValueOfAnotherKind,
                _ => RuleCodes.InputUnknown,
            }, ("kind", refused.TypeName));
        }
        catch (OutcomeRefusedException refused)
        {
            throw Broken(refused);
        }
    }

    /// <summary>Decides all open incidents of a cause alike, some in each commit with an audit entry that says how many; answers how many in all. None is no error: somebody was faster.</summary>
    public async Task<int> DecideAllAsync(IncidentCause cause, Decision decision, Action<int, int>? onProgress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cause);
        ArgumentNullException.ThrowIfNull(decision);
        current.Actor.Require(Permissions.WorkTasks);
        try
        {
            return await incidents.DecideAllAsync(cause, decision, current.Actor.Name, Audit, onProgress, cancellationToken);
        }
        catch (OutcomeRefusedException refused)
        {
            throw Broken(refused);
        }
        finally
        {
            signal.Set();
        }

        void Audit(int count) =>
            audit.Write(ActionOf(decision), $"incidents:{cause.Cause}", new { scenario = cause.DefinitionId, step = cause.NodeId, kind = cause.Kind.ToString(), decision.Outcome, incidents = count });
    }

    private async Task<Guid> StartOnceAsync(string definitionId, string key, CaseSubject subject, string? inputJson, CancellationToken cancellationToken)
    {
        if (CaseSubjects.InvoiceIdOf(subject.CorrelationId) is { } invoiceId)
        {
            if (await OtherAsync(definitionId, key, subject.CorrelationId!, cancellationToken) is { } other)
            {
                throw RuleViolationException.Of("invoiceId", RuleCodes.CaseRunsAlready, ("case", other.ToString("D")));
            }

            // The invoice's row is the lock: of two starts at the same moment, one meets a conflict and finds the other.
            if (await records.FindAsync<Invoice>(invoiceId, cancellationToken) is { } invoice)
            {
                records.Update(invoice);
            }
        }

        audit.Write("case.started", $"scenario:{definitionId}", new { key });
        return await cases.StartAsync(definitionId, key, subject, inputJson, cancellationToken)
            ?? throw RuleViolationException.Of("scenarioId", RuleCodes.ScenarioNotPublished);
    }

    // One case of a scenario duns an invoice at a time; asking again under the key of that case is no second one.
    private async Task<Guid?> OtherAsync(string definitionId, string key, string correlationId, CancellationToken cancellationToken)
    {
        var ours = StimulusRouting.StartKey(definitionId, $"asked-{key}");
        var starting = await queued.OfAsync(definitionId, correlationId, cancellationToken);
        var running = await cases.ListAsync(new CaseQuery { DefinitionId = definitionId, CorrelationId = correlationId, Status = CaseStatus.Running, Limit = 1 }, cancellationToken);
        return starting.FirstOrDefault(start => start.StartKey != ours)?.CaseId ?? running.FirstOrDefault(found => found.StartKey != ours)?.Id;
    }

    private static RuleViolationException Broken(OutcomeRefusedException refused) =>
        RuleViolationException.Of("outcome", RuleCodes.OutcomeUnknown, ("outcomes", string.Join(", ", refused.Outcomes)));

    private static string ActionOf(Decision decision) => decision.Kind switch
    {
        DecisionKind.Retry => "incident.retried",
        DecisionKind.Skip => "incident.skipped",
        DecisionKind.Cancel => "incident.case-cancelled",
        _ => "incident.closed",
    };

    private async Task EndAsync(string action, Guid caseId, Func<Task<bool>> end, CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(caseId, cancellationToken) is { KeepsClock: true, SubStatus: not CaseSubStatus.Faulted })
        {
            throw RuleViolationException.Of("id", RuleCodes.CaseKeepsClock);
        }

        await ActAsync(action, $"case:{caseId}", null, end, () => RefusalOfCaseAsync(caseId, cancellationToken));
    }

    private async ValueTask<string> RefusalOfCaseAsync(Guid caseId, CancellationToken cancellationToken) => await cases.FindAsync(caseId, cancellationToken) switch
    {
        null => RuleCodes.CaseUnknown,
        { Status: CaseStatus.Running } => RuleCodes.CaseUnreadable,
        _ => RuleCodes.CaseEnded,
    };

    private async ValueTask<string> RefusalOfIncidentAsync(Guid incidentId, Decision decision, CancellationToken cancellationToken) => await store.FindIncidentAsync(incidentId, cancellationToken) switch
    {
        null => RuleCodes.IncidentUnknown,
        { ResolvedAt: not null } => RuleCodes.IncidentDecided,
        _ when decision.Kind == DecisionKind.Close => RuleCodes.IncidentStopsCase,
        _ => RuleCodes.IncidentStopsNoCase,
    };

    private async Task ActAsync(string action, string subject, object? details, Func<Task<bool>> act, Func<ValueTask<string>> refusal)
    {
        current.Actor.Require(Permissions.WorkTasks);
        audit.Write(action, subject, details);
        if (!await act())
        {
            throw RuleViolationException.Of("id", await refusal());
        }

        signal.Set();
    }
}
