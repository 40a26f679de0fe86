using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>A step cannot go on, and it is known who can mend it.</summary>
public sealed class ScenarioFaultException : Exception
{
    /// <summary>A fault of a kind, with a cause that equal faults share.</summary>
    public ScenarioFaultException(IncidentKind kind, string cause, string message, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        Cause = cause;
    }

    /// <summary>Who can mend it.</summary>
    public IncidentKind Kind { get; }

    /// <summary>A short stable text that equal faults share.</summary>
    public string Cause { get; }
}
