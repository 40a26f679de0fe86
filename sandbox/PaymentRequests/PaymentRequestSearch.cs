using CentralPay.Workflows.Sandbox.Storage;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.PaymentRequests;

/// <summary>Finding payment requests, always with their breakdowns and payments.</summary>
public static class PaymentRequestSearch
{
    /// <summary>Most requests one search answers.</summary>
    public const int MostFound = 100;

    /// <summary>In one query each: two could see two states.</summary>
    public static IQueryable<PaymentRequest> WholeRequests(this SandboxDatabase database) =>
        database.PaymentRequests.Include(request => request.Breakdowns).ThenInclude(breakdown => breakdown.Payments).AsSingleQuery();

    /// <summary>Writes the requests out, with the card transaction each shows; one query for all of them.</summary>
    public static async Task<IReadOnlyList<PaymentRequestAnswer>> ShowAsync(this SandboxDatabase database, IReadOnlyList<PaymentRequest> requests, string publicUrl)
    {
        var ids = requests.Select(request => request.PaymentRequestId).ToList();
        var stored = await database.Transactions.Where(transaction => ids.Contains(transaction.PaymentRequestId)).ToListAsync();
        // A transaction made in this very call is not stored yet.
        var all = stored.Union(database.Transactions.Local.Where(transaction => ids.Contains(transaction.PaymentRequestId)));
        var latest = all.Where(transaction => transaction.BroughtMoney).GroupBy(transaction => transaction.PaymentRequestId)
            .ToDictionary(group => group.Key, group => group.MaxBy(transaction => transaction.CreationDate));
        return [.. requests.Select(request => PaymentRequestAnswer.Of(request, latest.GetValueOrDefault(request.PaymentRequestId), publicUrl))];
    }

    public static async Task<PaymentRequestAnswer> ShowAsync(this SandboxDatabase database, PaymentRequest request, string publicUrl) =>
        (await database.ShowAsync([request], publicUrl))[0];
}
