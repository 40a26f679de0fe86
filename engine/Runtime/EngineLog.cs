using Microsoft.Extensions.Logging;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>What a line of the log is about. All that a burst logs, whoever logs it, stands in the scope of its case.</summary>
public static class EngineLog
{
    /// <summary>The scope's value with the case (<see cref="Guid"/>).</summary>
    public const string Case = "Case";

    /// <summary>The scope's value with the merchant, who is the tenant (<see cref="Guid"/>).</summary>
    public const string Merchant = "Merchant";

    private static readonly Func<ILogger, Guid, Guid, IDisposable?> OfCase = LoggerMessage.DefineScope<Guid, Guid>($"case {{{Case}}} of merchant {{{Merchant}}}");
    private static readonly Func<ILogger, Guid, IDisposable?> OfMerchant = LoggerMessage.DefineScope<Guid>($"merchant {{{Merchant}}}");

    /// <summary>Until it is disposed, lines are about this case, or where there is none, about this merchant.</summary>
    public static IDisposable? About(ILogger logger, Guid merchantId, Guid? caseId) =>
        caseId is { } id ? OfCase(logger, id, merchantId) : OfMerchant(logger, merchantId);
}
