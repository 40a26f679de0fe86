using System.Reflection;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Gateway;

namespace CentralPay.Workflows.Payments.Tests.Debits;

/// <summary>A gateway that says no to some calls, and does all others.</summary>
public class AnsweringGateway : DispatchProxy
{
    private readonly Dictionary<string, object> answers = [];
    private IDebitGateway? over;

    public static IDebitGateway Refusing<T>(IDebitGateway over, string call, int status, EffectOutcomeKind kind = EffectOutcomeKind.Refused)
    {
        var gateway = Create<IDebitGateway, AnsweringGateway>();
        var answering = (AnsweringGateway)gateway;
        answering.over = over;
        answering.answers[call] = Task.FromResult(new GatewayResult<T>(kind, default, "The gateway refused.", status));
        return gateway;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        answers.TryGetValue(targetMethod!.Name, out var answer) ? answer : targetMethod.Invoke(over, args);
}
