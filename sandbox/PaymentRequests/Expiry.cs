using CentralPay.Workflows.Sandbox.Storage;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.PaymentRequests;

/// <summary>Ends requests whose deadline or link expiration has passed: CLOSED and UNPAID.</summary>
public static class Expiry
{
    public static async Task RunAsync(SandboxDatabase database, Settlement settlement, DateTimeOffset now)
    {
        var expired = await database.WholeRequests()
            .Where(request => request.PaymentRequestStatus == PaymentRequestStatus.Active && request.ExpiryDate <= now)
            .OrderBy(request => request.ExpiryDate).ToListAsync();
        foreach (var request in expired) await settlement.ExpireAsync(database, request, now);
    }
}
