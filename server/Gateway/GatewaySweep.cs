using System.Collections.Concurrent;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>
/// Asks the gateway where no webhook told: after a browser's return, after a deadline, about all that is open when the house
/// begins again after a silence, and, each within a few days, about requests, payouts and mandates that have been quiet; announces the debits whose notice begins, and proposes the payouts that schedules say. Each question has a key, so that asking twice is asking once.
/// </summary>
internal sealed class GatewaySweep(IMerchantDirectory directory, IMerchantScopes scopes, TimeProvider time, IWorkSignal signal)
{
    private const int FewEnough = 50;
    private const int DaysOfARound = 3;
    private static readonly TimeSpan[] AfterReturn = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(3)];
    private static readonly TimeSpan[] AfterDeadline = [TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];
    private static readonly TimeSpan QuietAfter = TimeSpan.FromDays(1);

    // The gateway tells again for two hours, or for a quarter of one: what happened while nobody answered may be told no more.
    private static readonly TimeSpan AwayAfter = TimeSpan.FromMinutes(15);

    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    // Whose quiet requests were looked through, and on which day: all of them are read for it.
    private readonly ConcurrentDictionary<Guid, int> lookedThrough = [];

    /// <summary>One sweep over all merchants; answers how many questions were asked.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var asked = 0;
        foreach (var merchantId in await directory.AllAsync(cancellationToken))
        {
            await using var scope = scopes.Open(merchantId, Actor.System);
            asked += await SweepAsync(scope.Records, cancellationToken);
            asked += await AnnounceAsync(merchantId, cancellationToken);
            asked += await DailySweep.AskAsync(scope.Records, time.GetUtcNow(), cancellationToken);
            asked += await scope.Services.GetRequiredService<PayoutSchedules>().RunAsync(cancellationToken);
        }

        if (asked > 0)
        {
            signal.Set();
        }

        return asked;
    }

    // In a scope of its own: what a conflict leaves behind must not go with what comes after. The next sweep does it then.
    private async Task<int> AnnounceAsync(Guid merchantId, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.Open(merchantId, Actor.System);
            return await scope.Services.GetRequiredService<DebitNotices>().RunAsync(cancellationToken);
        }
        catch (RecordConflictException)
        {
            return 0;
        }
    }

    private async Task<int> SweepAsync(IMerchantRecords records, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var returnedSince = now - AfterReturn[^1] - TimeSpan.FromDays(1);
        var returned = await records.AllAsync<PaymentRequest>(
            request => request.RequestStatus == RequestStatus.Active && request.GatewayRequestId != null && request.ReturnedAt != null && request.ReturnedAt > returnedSince,
            cancellationToken);
        var endedSince = now - AfterDeadline[^1] - TimeSpan.FromDays(1);
        var ended = await records.AllAsync<PaymentRequest>(
            request => request.RequestStatus == RequestStatus.Active && request.GatewayRequestId != null && request.Deadline != null && request.Deadline <= now && request.Deadline > endedSince,
            cancellationToken);
        var questions = returned.Select(request => (request, Step(request, "return", request.ReturnedAt!.Value, AfterReturn, now)))
            .Concat(ended.Select(request => (request, Step(request, "deadline", request.Deadline!.Value, AfterDeadline, now))))
            .Concat((await QuietAsync(records, now, cancellationToken)).Select(request => (request, (string?)GatewayReads.SweepKey($"{request.Id:N}/{now:yyyyMMdd}"))))
            .Concat((await AfterSilenceAsync(records, cancellationToken)).Select(request => (request, (string?)GatewayReads.SweepKey($"{request.Id:N}/back/{startedAt.ToUnixTimeSeconds()}"))));
        var asked = await records.AskAsync(
            questions.Where(question => question.Item2 is not null).Select(question => GatewayReads.Request(records.MerchantId, question.request.GatewayRequestId!, question.Item2!, now, question.request)),
            cancellationToken);
        lookedThrough[records.MerchantId] = DayOf(now);
        return asked;
    }

    private async Task<IEnumerable<PaymentRequest>> QuietAsync(IMerchantRecords records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (lookedThrough.TryGetValue(records.MerchantId, out var day) && day == DayOf(now))
        {
            return [];
        }

        var quietBefore = now - QuietAfter;
        var quiet = await records.AllAsync<PaymentRequest>(request => request.RequestStatus == RequestStatus.Active && request.GatewayRequestId != null && request.CreatedAt < quietBefore, cancellationToken);
        return OfToday(quiet, request => request.Id, DayOf(now));
    }

    /// <summary>All that was open when this process began, where nothing had happened for a while: the house may have been down.</summary>
    private async Task<IEnumerable<PaymentRequest>> AfterSilenceAsync(IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (lookedThrough.ContainsKey(records.MerchantId)
            || await records.PageAsync<DomainEvent>(happened => happened.At < startedAt, before: null, limit: 1, cancellationToken) is not [var last]
            || startedAt - last.At < AwayAfter)
        {
            return [];
        }

        return await records.AllAsync<PaymentRequest>(request => request.RequestStatus == RequestStatus.Active && request.GatewayRequestId != null && request.CreatedAt < startedAt, cancellationToken);
    }

    private static int DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).DayNumber;

    /// <summary>Those whose turn it is on a day: few of them every day, of many each every third day, whichever others there are. Pure.</summary>
    internal static IEnumerable<T> OfToday<T>(IReadOnlyList<T> all, Func<T, Guid> idOf, int day) =>
        all.Count <= FewEnough ? all : all.Where(each => idOf(each).ToByteArray()[^1] % DaysOfARound == day % DaysOfARound);

    /// <summary>The key of the last step of a rhythm that has come; null before the first.</summary>
    private static string? Step(PaymentRequest request, string why, DateTimeOffset from, TimeSpan[] rhythm, DateTimeOffset now)
    {
        var step = Array.FindLastIndex(rhythm, delay => from + delay <= now);
        return step < 0 ? null : GatewayReads.SweepKey($"{request.Id:N}/{why}/{from.ToUnixTimeSeconds()}/{step}");
    }
}
