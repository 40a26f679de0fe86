using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>A beneficiary as somebody types it.</summary>
public sealed partial record BeneficiaryDetails
{
    // The SEPA scheme's limit for a name.
    private const int MaxName = 70;
    private const int MaxCode = 40;

    /// <summary>The short name for scenarios.</summary>
    public string Code { get; init; } = "";

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>A third party, or an own account.</summary>
    public BeneficiaryKind Kind { get; init; }

    /// <summary>How it is paid.</summary>
    public PayoutWay Way { get; init; }

    /// <summary>Its IBAN, in any spacing; null or empty for none.</summary>
    public string? Iban { get; init; }

    /// <summary>Its wallet at the gateway; null or empty for none.</summary>
    public string? WalletReference { get; init; }

    /// <summary>When payouts to it are proposed.</summary>
    public PayoutSchedule Schedule { get; init; }

    /// <summary>What stays in the wallet when an own account is paid, in minor units.</summary>
    public long ReserveMinor { get; init; }

    /// <summary>The IBAN without spaces; null for none.</summary>
    public string? PlainIban => Amounts.Iban.TryParse(Iban);

    /// <summary>The wallet as a lower-case UUID; null for none.</summary>
    public string? PlainWallet => Guid.TryParse(WalletReference, out var id) ? id.ToString("D") : null;

    /// <summary>Every rule the details break: names, an IBAN with wrong check digits, and the account that the way of paying needs.</summary>
    public IReadOnlyList<RuleViolation> Broken() => [.. Violations().OfType<RuleViolation>()];

    private IEnumerable<RuleViolation?> Violations()
    {
        yield return TextRules.Broken("name", Name, MaxName);
        yield return TextRules.Broken("code", Code, MaxCode) ?? (CodePattern().IsMatch(Code) ? null : RuleViolation.Of("code", RuleCodes.CodeInvalid));
        var isIbanThere = !string.IsNullOrWhiteSpace(Iban);
        var isWalletThere = !string.IsNullOrWhiteSpace(WalletReference);
        yield return isIbanThere && PlainIban is null ? RuleViolation.Of("iban", RuleCodes.IbanInvalid) : null;
        yield return isWalletThere && PlainWallet is null ? RuleViolation.Of("walletReference", RuleCodes.WalletInvalid) : null;
        var needsWallet = Kind == BeneficiaryKind.ThirdParty && Way == PayoutWay.Gateway;
        yield return needsWallet && !isWalletThere ? RuleViolation.Of("walletReference", RuleCodes.WalletNeeded) : null;
        yield return !needsWallet && !isIbanThere ? RuleViolation.Of("iban", RuleCodes.Required) : null;
        yield return Kind == BeneficiaryKind.OwnAccount && Way == PayoutWay.File ? RuleViolation.Of("way", RuleCodes.OwnAccountByFile) : null;
        yield return Kind == BeneficiaryKind.OwnAccount && Schedule == PayoutSchedule.EachShare ? RuleViolation.Of("schedule", RuleCodes.OwnAccountNoShares) : null;
        yield return ReserveMinor < 0 ? RuleViolation.Of("reserveMinor", RuleCodes.AmountNegative) : null;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();
}
