using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>The contact policy, and how each customer may be contacted.</summary>
internal static class ContactPolicyEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/contact-policy", async (IMerchantRecords records, CancellationToken cancellationToken) =>
            Results.Ok(PolicyShown.Of((await records.FindAsync<Merchant>(records.MerchantId, cancellationToken))!)))
            .Needs(Permissions.Read).Produces<PolicyShown>().WithTags("contact-policy");
        api.MapPut("/contact-policy", async (PolicyShown edit, ContactDesk desk, CancellationToken cancellationToken) =>
            Results.Ok(PolicyShown.Of(await desk.SavePolicyAsync(edit.Policy, edit.ExpectedRevision, cancellationToken))))
            .Needs(Permissions.DrawScenarios).Produces<PolicyShown>().WithTags("contact-policy");
        api.MapPut("/customers/{id:guid}/contact", SaveCustomerAsync).Needs(Permissions.WorkTasks).Produces<CustomerShown>().WithTags("customers");
    }

    private static async Task<IResult> SaveCustomerAsync(Guid id, CustomerContactEdit edit, ContactDesk desk, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<Customer>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        var contact = new CustomerContact(Paging.Word<MessageChannel>(edit.PreferredChannel, "preferredChannel"), edit.EmailOptedOut, edit.SmsOptedOut, edit.ExcludedReason, edit.ExcludedUntil);
        return Results.Ok(CustomerShown.Of(await desk.SaveCustomerAsync(id, contact, cancellationToken)));
    }
}

/// <summary>The policy as it is shown and saved; the revision is the one that was shown.</summary>
internal sealed record PolicyShown(int QuietFromHour, int QuietUntilHour, int MinimumHoursBetweenContacts, int GatherMinutes, bool ChannelFallback, long? Revision)
{
    public ContactPolicy Policy => new(QuietFromHour, QuietUntilHour, MinimumHoursBetweenContacts, GatherMinutes, ChannelFallback);

    public long ExpectedRevision => Revision ?? throw RuleViolationException.Of("revision", "revision-required");

    public static PolicyShown Of(Merchant merchant) => new(
        merchant.QuietFromHour, merchant.QuietUntilHour, merchant.MinimumHoursBetweenContacts, merchant.GatherMinutes, merchant.ChannelFallback, merchant.Revision);
}

/// <summary>How a customer may be contacted.</summary>
internal sealed record CustomerContactEdit(string? PreferredChannel, bool EmailOptedOut, bool SmsOptedOut, string? ExcludedReason, DateOnly? ExcludedUntil);
