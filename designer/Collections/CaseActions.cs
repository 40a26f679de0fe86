using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Designer.Collections;

/// <summary>
/// What a person may do to a case: end it, or decide what goes on after a problem. Pages and the API use it alike; the audit entry
/// is committed with the decision. Scoped to a merchant.
/// </summary>
public sealed class CaseActions(CaseDesk cases, IncidentDesk incidents, AuditLog audit, ICurrentActor current, IWorkSignal signal)
{
    /// <summary>Ends a running case; what it sent and booked stays.</summary>
    /// <exception cref="RuleViolationException">There is no such case, or it has ended.</exception>
    public Task CancelAsync(Guid caseId, CancellationToken cancellationToken = default) =>
        ActAsync("case.cancelled", $"case:{caseId}", () => cases.CancelAsync(caseId, current.Actor.Name, cancellationToken), "case-unknown");

    /// <summary>Runs the failed step again.</summary>
    /// <exception cref="RuleViolationException">There is no such incident, or it was decided already.</exception>
    public Task RetryAsync(Guid incidentId, CancellationToken cancellationToken = default) =>
        ActAsync("incident.retried", $"incident:{incidentId}", () => incidents.RetryAsync(incidentId, current.Actor.Name, cancellationToken), "incident-unknown");

    /// <summary>Goes on after the failed step by an outcome, its first where none is named.</summary>
    /// <exception cref="RuleViolationException">There is no such incident, or it was decided already.</exception>
    public Task SkipAsync(Guid incidentId, string? outcome, CancellationToken cancellationToken = default) =>
        ActAsync("incident.skipped", $"incident:{incidentId}", () => incidents.SkipAsync(incidentId, outcome, current.Actor.Name, cancellationToken), "incident-unknown");

    /// <summary>Closes an incident that stopped no case, once somebody has seen to it outside.</summary>
    /// <exception cref="RuleViolationException">There is no such incident, it was decided already, or it stopped a case.</exception>
    public Task CloseAsync(Guid incidentId, CancellationToken cancellationToken = default) =>
        ActAsync("incident.closed", $"incident:{incidentId}", () => incidents.CloseAsync(incidentId, current.Actor.Name, cancellationToken), "incident-unknown");

    private async Task ActAsync(string action, string subject, Func<Task<bool>> act, string unknown)
    {
        current.Actor.Require(Permissions.WorkTasks);
        audit.Write(action, subject);
        if (!await act())
        {
            throw RuleViolationException.Of("id", unknown);
        }

        signal.Set();
    }
}
