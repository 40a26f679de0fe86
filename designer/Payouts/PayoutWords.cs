using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Payouts;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Payouts;

/// <summary>Payouts and beneficiaries in words: one icon and colour for each state, one way to write an account.</summary>
internal static class PayoutWords
{
    public static (string Icon, string? Tone) LookOf(Payout payout) => payout.State switch
    {
        _ when IsInDoubt(payout) => ("help", "failed"),
        PayoutState.AwaitingApproval => ("draw", "late"),
        PayoutState.AwaitingPayment => ("schedule_send", "info"),
        PayoutState.InProgress => ("sync", "info"),
        PayoutState.Completed => ("check_circle", "paid"),
        _ => ("block", null),
    };

    /// <summary>Whether its order left and nobody knows what became of it: a person looks at the gateway, and says.</summary>
    public static bool IsInDoubt(Payout payout) => payout is { Way: PayoutWay.Gateway, State: PayoutState.InProgress, Problem: not null };

    /// <summary>How it stands, in a word.</summary>
    public static string State(Payout payout, IStringLocalizer<Phrases> say) => say[IsInDoubt(payout) ? "payouts.inDoubt" : $"payouts.state.{payout.State}"];

    /// <summary>How it stands, as a sentence.</summary>
    public static string Sentence(Payout payout, IStringLocalizer<Phrases> say) => say[IsInDoubt(payout) ? "payout.sentence.inDoubt" : $"payout.sentence.{payout.State}"];

    /// <summary>Where the money goes: an IBAN in groups, or a wallet.</summary>
    public static string Account(string? iban, string? wallet, IStringLocalizer<Phrases> say) =>
        iban is not null ? Iban.Format(iban) : wallet is not null ? say["payouts.wallet", wallet] : say["payouts.noAccount"];

    /// <summary>How large a share is: "10 %" or an amount.</summary>
    public static string Share(Split split, Display show) =>
        split.FixedMinor is { } minor ? show.Money(minor, split.Basis.Currency) : (split.BasisPoints / 100m).ToString("0.##", System.Globalization.CultureInfo.CurrentCulture) + "\u00A0%";

    /// <summary>What became of it without money: a code or a sentence of ours in words, else what was said.</summary>
    public static string Problem(string problem, IStringLocalizer<Phrases> say) => say.Code("payouts.problem", problem, say.Written(problem) ?? problem);
}
