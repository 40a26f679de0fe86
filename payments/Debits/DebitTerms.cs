using System.Globalization;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>Whether a merchant takes direct debits, and when its bank does.</summary>
public sealed class DebitTerms(IMerchantRecords records, ICurrentActor current, AuditLog audit)
{
    /// <summary>The most TARGET days a bank needs.</summary>
    public const int MostLeadDays = 10;

    private const int LastHour = 23;

    /// <summary>
    /// Changes the terms, and commits. Debits that are scheduled keep their day. Needs <see cref="Permissions.Administer"/>. Throws
    /// <see cref="RuleViolationException"/> when a number is out of range.
    /// </summary>
    /// <param name="accepts">Whether customers may be asked for a mandate and debited.</param>
    /// <param name="leadDays">TARGET days between the bank taking a debit and its day, 1 to 10.</param>
    /// <param name="cutOffHour">Local hour until which the bank takes debits of the day, 1 to 23.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<Merchant> ChangeAsync(bool accepts, int leadDays, int cutOffHour, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Administer);
        var broken = new[] { Broken("leadDays", leadDays, MostLeadDays), Broken("cutOffHour", cutOffHour, LastHour) }.OfType<RuleViolation>().ToList();
        if (broken.Count > 0)
        {
            throw new RuleViolationException(broken);
        }

        var merchant = await records.MerchantAsync(cancellationToken);
        var changed = records.Update(merchant with { AcceptsDirectDebit = accepts, DebitLeadDays = leadDays, DebitCutOffHour = cutOffHour });
        audit.Write("merchant.debit-terms", $"merchant:{merchant.Id}", new { accepts, leadDays, cutOffHour });
        await records.CommitAsync(cancellationToken);
        return changed;
    }

    private static RuleViolation? Broken(string field, int number, int most) => number >= 1 && number <= most
        ? null
        : RuleViolation.Of(field, RuleCodes.DaysOutOfRange, ("from", "1"), ("to", most.ToString(CultureInfo.InvariantCulture)));
}
