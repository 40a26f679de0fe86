namespace CentralPay.Workflows.Engine.Descriptors;

/// <summary>Activities that come from elsewhere: asked once, when the host's own stand, so that nothing takes a name of theirs.</summary>
public interface IActivitySource
{
    /// <summary>Adds what it has; what cannot be added is its own to report, and stops nothing.</summary>
    void AddTo(ActivityRegistry registry);
}
