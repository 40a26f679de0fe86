namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Where and how the gateway is reached; section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>The base address, up to and with <c>/v2/rest</c>. Empty: the sandbox's in Development, none elsewhere.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>How long one call may take, in seconds.</summary>
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>The methods offered to the payer, as the gateway names them. Only <c>TRANSACTION</c> is documented; others are unconfirmed.</summary>
    public IList<string> PaymentMethods { get; init; } = [];

    /// <summary>
    /// Whether mandates and direct debits are made at the gateway. Their addresses and names are unconfirmed: off until it is set,
    /// but in Development, where the sandbox has them.
    /// </summary>
    public bool? DirectDebit { get; set; }

    /// <summary>The point of sale; empty for the account's own.</summary>
    public string PointOfSaleId { get; set; } = "";
}
