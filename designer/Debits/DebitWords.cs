using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Debits;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Debits;

/// <summary>How mandates and debits stand, in words.</summary>
internal static class DebitWords
{
    /// <summary>Icon and colour of a debit's state.</summary>
    public static (string Icon, string? Tone) LookOf(DebitStatus status) => status switch
    {
        DebitStatus.Settled => ("check_circle", "paid"),
        DebitStatus.Failed => ("money_off", "failed"),
        DebitStatus.Returned => ("assignment_return", "failed"),
        DebitStatus.Unknown => ("help", "late"),
        DebitStatus.Cancelled => ("block", null),
        DebitStatus.Submitted => ("account_balance", "info"),
        _ => ("schedule", null),
    };

    /// <summary>"AM04: not enough funds. It is tried again." or what the gateway said.</summary>
    public static string? Why(DirectDebit debit, IStringLocalizer<Phrases> say) => debit switch
    {
        { DoubleRefundRisk: true, ReasonCode: { } code } => $"{Reason(code, say)} {say["debit.doubleRefund"]}",
        { ReasonCode: { Length: > 0 } code } => Reason(code, say),
        { Failure: DebitFailure.Technical } => say["debit.technical"],
        { FailureText: { } text } => text,
        _ => null,
    };

    /// <summary>"Mandate CP… signed on 3 November, account ending in 2606."</summary>
    public static string Sentence(Mandate? mandate, IStringLocalizer<Phrases> say, Display show) => mandate switch
    {
        { Status: MandateStatus.Valid, SignedAt: { } signed } => say["mandate.valid", mandate.Reference, show.LongDate(show.DayOf(signed)), mandate.AccountEnding ?? ""],
        { Status: MandateStatus.Draft, GatewayEndpoint: null } => say["mandate.preparing"],
        { Status: MandateStatus.Draft } => say["mandate.draft", mandate.Reference],
        { Status: MandateStatus.Expired } => say["mandate.expired", mandate.Reference],
        { EndReason: { } reason } when reason != "cancelled" => say["mandate.refused", mandate.Reference, Reason(reason, say)],
        { Status: MandateStatus.Cancelled } => say["mandate.cancelled", mandate.Reference],
        _ => say["mandate.none"],
    };

    private static string Reason(string code, IStringLocalizer<Phrases> say) => say["shell.named", code, say.Code("debit.reason", code, say["debit.reason.other"])];
}
