using System.Net.Sockets;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>Turns what a step threw into an incident.</summary>
internal static class FaultTranslation
{
    public static Incident IncidentOf(Exception exception, IFaultClassifier? classifier, CaseRecord @case, ActivityExecutionContext step, DateTimeOffset at)
    {
        var meaning = MeaningOf(exception, classifier);
        return new Incident
        {
            Id = TimeOrderedId.At(at),
            TenantId = @case.TenantId,
            CaseId = @case.Id,
            DefinitionId = @case.DefinitionId,
            NodeId = step.NodeId,
            ActivityInstanceId = step.Id,
            Kind = meaning.Kind,
            Cause = meaning.Cause,
            Message = meaning.Message,
            At = at,
        };
    }

    public static FaultMeaning MeaningOf(Exception exception, IFaultClassifier? classifier) =>
        classifier?.Classify(exception) ?? exception switch
        {
            ScenarioFaultException fault => new FaultMeaning(fault.Kind, fault.Cause, fault.Message),
            ExpressionException expression => new FaultMeaning(IncidentKind.Configuration, FaultCauses.Expression, expression.Message),
            ArgumentException or FormatException => new FaultMeaning(IncidentKind.Data, exception.GetType().Name, exception.Message),
            HttpRequestException or TimeoutException or IOException or SocketException => new FaultMeaning(IncidentKind.Outside, exception.GetType().Name, exception.Message),

            // The case's own end is none of a step's faults (Burst.IsPassing): what is left is a time limit of the step's, as HttpClient's.
            OperationCanceledException => new FaultMeaning(IncidentKind.Outside, nameof(TimeoutException), exception.Message),
            UnauthorizedAccessException => new FaultMeaning(IncidentKind.Configuration, nameof(UnauthorizedAccessException), exception.Message),
            _ when StoreFailure.Is(exception) => new FaultMeaning(IncidentKind.Outside, StoreFailure.Cause, exception.Message),
            _ => new FaultMeaning(IncidentKind.Bug, exception.GetType().Name, exception.Message),
        };
}
