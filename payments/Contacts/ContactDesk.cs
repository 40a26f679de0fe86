using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>When and how a merchant's customers are contacted.</summary>
/// <param name="QuietFromHour">Local hour from which nobody is contacted, 0 to 23.</param>
/// <param name="QuietUntilHour">Local hour until which nobody is contacted, 0 to 23; the same as the first for none.</param>
/// <param name="MinimumHoursBetweenContacts">Hours between two messages about one invoice, 0 to 720.</param>
/// <param name="GatherMinutes">Minutes that a reminder waits for others to the same customer, 0 to 240.</param>
/// <param name="ChannelFallback">Whether a customer who cannot be reached on the wanted channel is told by the other one.</param>
public sealed record ContactPolicy(int QuietFromHour, int QuietUntilHour, int MinimumHoursBetweenContacts, int GatherMinutes, bool ChannelFallback)
{
    /// <summary>The policy of a merchant.</summary>
    public static ContactPolicy Of(Merchant merchant)
    {
        ArgumentNullException.ThrowIfNull(merchant);
        return new(merchant.QuietFromHour, merchant.QuietUntilHour, merchant.MinimumHoursBetweenContacts, merchant.GatherMinutes, merchant.ChannelFallback);
    }
}

/// <summary>How one customer may be contacted.</summary>
/// <param name="PreferredChannel">The channel they want; null for no wish.</param>
/// <param name="EmailOptedOut">Whether they want no more e-mail.</param>
/// <param name="SmsOptedOut">Whether they want no more SMS.</param>
/// <param name="ExcludedReason">Why they are not reminded, in words; null for a customer who is.</param>
/// <param name="ExcludedUntil">The last day of the exclusion; null for one without an end.</param>
public sealed record CustomerContact(MessageChannel? PreferredChannel, bool EmailOptedOut, bool SmsOptedOut, string? ExcludedReason, DateOnly? ExcludedUntil)
{
    /// <summary>How the customer may be contacted now.</summary>
    public static CustomerContact Of(Customer customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return new(customer.PreferredChannel, customer.EmailOptedOut, customer.SmsOptedOut, customer.ExcludedReason, customer.ExcludedUntil);
    }
}

/// <summary>Where the contact policy, exclusions and opt-outs are kept. Pages and the API use it alike. Scoped to a merchant.</summary>
public sealed class ContactDesk(IMerchantRecords records, ICurrentActor current, AuditLog audit, TimeProvider time)
{
    /// <summary>Characters of a reason, at the most.</summary>
    public const int ReasonLimit = 200;

    private const int LastHour = 23;
    private const int MostHoursBetween = 720;
    private const int MostGatherMinutes = 240;

    /// <summary>
    /// Saves the policy, and commits. Needs <see cref="Permissions.DrawScenarios"/>. Throws <see cref="RuleViolationException"/> for a
    /// number out of range, and <see cref="RecordConflictException"/> when the merchant was changed since the revision.
    /// </summary>
    public async Task<Merchant> SavePolicyAsync(ContactPolicy policy, long expectedRevision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        current.Actor.Require(Permissions.DrawScenarios);
        RuleViolation?[] rules =
        [
            Between("quietFromHour", policy.QuietFromHour, LastHour), Between("quietUntilHour", policy.QuietUntilHour, LastHour),
            Between("minimumHoursBetweenContacts", policy.MinimumHoursBetweenContacts, MostHoursBetween), Between("gatherMinutes", policy.GatherMinutes, MostGatherMinutes),
        ];
        if (rules.OfType<RuleViolation>().ToArray() is { Length: > 0 } broken)
        {
            throw new RuleViolationException(broken);
        }

        var merchant = await records.MerchantAsync(cancellationToken);
        var saved = records.Update(merchant with
        {
            Revision = expectedRevision,
            QuietFromHour = policy.QuietFromHour,
            QuietUntilHour = policy.QuietUntilHour,
            MinimumHoursBetweenContacts = policy.MinimumHoursBetweenContacts,
            GatherMinutes = policy.GatherMinutes,
            ChannelFallback = policy.ChannelFallback,
        });
        audit.Write("contact-policy.saved", $"merchant:{merchant.Id}", policy);
        await records.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>
    /// Saves how a customer may be contacted, and commits. Needs <see cref="Permissions.WorkTasks"/>. Throws
    /// <see cref="RuleViolationException"/> when there is no such customer, the reason is too long or holds a card number, the last
    /// day has passed, or there is a last day without a reason.
    /// </summary>
    public async Task<Customer> SaveCustomerAsync(Guid customerId, CustomerContact contact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contact);
        current.Actor.Require(Permissions.WorkTasks);
        var customer = await records.FindAsync<Customer>(customerId, cancellationToken) ?? throw RuleViolationException.Of("customerId", RuleCodes.CustomerUnknown);
        var merchant = await records.MerchantAsync(cancellationToken);
        var reason = string.IsNullOrWhiteSpace(contact.ExcludedReason) ? null : contact.ExcludedReason.Trim();
        RuleViolation?[] rules =
        [
            reason is null && contact.ExcludedUntil is null ? null : TextRules.Broken("excludedReason", reason, ReasonLimit),
            contact.ExcludedUntil is { } until && until < QuietHours.Of(merchant).DayOf(time.GetUtcNow()) ? RuleViolation.Of("excludedUntil", RuleCodes.DatePassed) : null,
        ];
        if (rules.OfType<RuleViolation>().ToArray() is { Length: > 0 } broken)
        {
            throw new RuleViolationException(broken);
        }

        var saved = records.Update(customer with
        {
            PreferredChannel = contact.PreferredChannel,
            EmailOptedOut = contact.EmailOptedOut,
            SmsOptedOut = contact.SmsOptedOut,
            ExcludedReason = reason,
            ExcludedUntil = contact.ExcludedUntil,
        });
        audit.Write("customer.contact-saved", $"customer:{customer.Id}", new { contact.PreferredChannel, contact.EmailOptedOut, contact.SmsOptedOut, excluded = reason is not null, contact.ExcludedUntil });
        await records.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>Appends that a customer gets nothing more on a channel, because they or the operator said so; once.</summary>
    public async Task SuppressAsync(Guid customerId, MessageChannel channel, CancellationToken cancellationToken = default)
    {
        if (await records.FindAsync<Customer>(customerId, cancellationToken) is { } customer && !(channel == MessageChannel.Sms ? customer.SmsOptedOut : customer.EmailOptedOut))
        {
            records.Update(channel == MessageChannel.Sms ? customer with { SmsOptedOut = true } : customer with { EmailOptedOut = true });
            records.Raise(new DomainEvent
            {
                Id = Guid.CreateVersion7(),
                MerchantId = records.MerchantId,
                Name = EventNames.CustomerOptedOut,
                At = time.GetUtcNow(),
                CustomerId = customer.Id,
                SubjectId = customer.Id,
                DataJson = DomainJson.Write(new { channel }),
            });
            audit.Write("customer.opted-out", $"customer:{customer.Id}", new { channel });
        }
    }

    private static RuleViolation? Between(string field, int number, int to) => number >= 0 && number <= to ? null
        : RuleViolation.Of(field, RuleCodes.NumberOutOfRange, ("from", "0"), ("to", to.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
