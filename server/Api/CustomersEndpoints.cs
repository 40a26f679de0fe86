using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Customers: who owes or owed money.</summary>
internal static class CustomersEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/customers", async (string? number, string? cursor, int? limit, IMerchantRecords records, CancellationToken cancellationToken) =>
            Results.Ok(await records.PageAsync<Customer, CustomerShown>(row => number == null || row.Number == number, cursor, limit, CustomerShown.Of, cancellationToken)))
            .Needs(Permissions.Read).Produces<Page<CustomerShown>>().WithTags("customers");
        api.MapGet("/customers/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<Customer>(id, cancellationToken), CustomerShown.Of))
            .Needs(Permissions.Read).Produces<CustomerShown>().WithTags("customers");
    }
}

/// <summary>A customer as the API shows it.</summary>
internal sealed record CustomerShown(
    Guid Id, string Number, string Name, string? Email, string? Phone, string Language, string Country, bool IsBusiness, string? ScenarioId, bool EmailOptedOut, bool SmsOptedOut, MessageChannel? PreferredChannel,
    string? ExcludedReason, DateOnly? ExcludedUntil, DateTimeOffset CreatedAt)
{
    public static CustomerShown Of(Customer row) => new(
        row.Id, row.Number, row.Name, row.Email, row.Phone, row.Language, row.Country, row.IsBusiness, row.ScenarioId, row.EmailOptedOut, row.SmsOptedOut, row.PreferredChannel,
        row.ExcludedReason, row.ExcludedUntil, row.CreatedAt);
}
