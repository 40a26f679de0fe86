using CentralPay.Workflows.Payments.Contacts;

namespace CentralPay.Workflows.Server.Sms;

/// <summary>Twilio's codes that mean something to us.</summary>
internal static class TwilioCodes
{
    /// <summary>The receiver answered STOP.</summary>
    public const int OptedOut = 21610;

    // Not a number; not reachable by this kind of message; not a mobile number.
    private static readonly int[] NoNumber = [21211, 21217, 21614];

    /// <summary>The reason as pages translate it; null for any other code.</summary>
    public static string? ReasonOf(int? code) => code switch
    {
        OptedOut => ContactReasons.OptedOut,
        { } number when NoNumber.Contains(number) => ContactReasons.NumberInvalid,
        _ => null,
    };
}
