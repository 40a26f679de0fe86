namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>What an operator decides about payouts; section <c>Payouts</c>.</summary>
public sealed class PayoutRules
{
    /// <summary>How long after an IBAN or wallet was set nothing is paid to it, in hours, 0 or more.</summary>
    public int CoolingOffHours { get; set; } = 24;

    /// <summary>Whether the gateway's payouts are used: they are unconfirmed, so that it has to be said; in Development they are.</summary>
    public bool GatewayEnabled { get; set; }

    /// <summary>Until when nothing is paid to the beneficiary's account.</summary>
    public DateTimeOffset CoolingOffUntil(Beneficiary beneficiary)
    {
        ArgumentNullException.ThrowIfNull(beneficiary);
        return beneficiary.AccountSetAt.AddHours(CoolingOffHours);
    }
}
