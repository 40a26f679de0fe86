using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>Says what a domain's exception means to people: who mends it, and what it is called.</summary>
public interface IFaultClassifier
{
    /// <summary>The meaning of an exception; null where it has none of its own.</summary>
    FaultMeaning? Classify(Exception exception);
}

/// <summary>What a fault means.</summary>
/// <param name="Kind">Who can mend it.</param>
/// <param name="Cause">A short stable text that equal faults share.</param>
/// <param name="Message">What happened, in words a business person can act on.</param>
public sealed record FaultMeaning(IncidentKind Kind, string Cause, string Message);
