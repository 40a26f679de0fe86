namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>What the host takes back when a case is ended before its own end. Scoped to a tenant.</summary>
public interface ICaseEndings
{
    /// <summary>Appends it to the unit of work that ends the case, cancelled or terminated.</summary>
    ValueTask CancelledAsync(CaseRecord @case, CancellationToken cancellationToken);
}
