namespace CentralPay.Workflows.Payments.Effects;

/// <summary>The destinations of effects: each merchant's gateway, mail server and endpoints wait apart, so that a dead one delays nobody else.</summary>
public static class EffectLanes
{
    /// <summary>A merchant's account at the gateway.</summary>
    public static string Gateway(Guid merchantId) => $"gateway/{merchantId:N}";

    /// <summary>A merchant's e-mail.</summary>
    public static string Email(Guid merchantId) => $"email/{merchantId:N}";

    /// <summary>A merchant's SMS.</summary>
    public static string Sms(Guid merchantId) => $"sms/{merchantId:N}";

    /// <summary>One webhook endpoint.</summary>
    public static string Webhook(Guid endpointId) => $"webhook/{endpointId:N}";

    /// <summary>The kind of destination that a lane leads to: <c>gateway</c>, <c>email</c>, <c>sms</c>, <c>webhook</c>.</summary>
    public static string KindOf(string lane)
    {
        ArgumentNullException.ThrowIfNull(lane);
        var end = lane.AsSpan().IndexOfAny('/', ':'); // older callbacks were kept with a colon
        return end < 0 ? lane : lane[..end];
    }
}
