using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>What a burst needs besides the case: the tenant's services and the house's clock and limits.</summary>
internal sealed record BurstServices(
    IServiceProvider Provider,
    TimeProvider Clock,
    EngineLimits Limits,
    IExpressionRoots[] Roots,
    IFaultClassifier? FaultClassifier);
