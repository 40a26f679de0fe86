using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>
/// A POST that changes money under an <c>Idempotency-Key</c> is carried out once: its first answer is kept and given again.
/// The same key with another body is refused (422); while the first call runs, a second one is told to wait (409). A call
/// that died is not waited for longer than <see cref="HeldKey.Lease"/>.
/// </summary>
internal sealed class IdempotentPost(IMerchantScopes scopes, ICurrentActor current, MerchantBinding binding, ILogger<IdempotentPost> log)
{
    public const string HeaderName = "Idempotency-Key";
    private const int LongestKey = 100;
    private const int Running = 0;
    private const int MayRunAgain = -1;
    private const string Replayed = "Idempotent-Replayed";

    /// <summary>Marks a POST so; the filter must stand outside the one that answers problems, so that problems are kept too.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var key = context.Request.Headers[HeaderName].ToString();
        if (key.Length == 0)
        {
            return await next(invocation);
        }

        if (key.Length > LongestKey || key.Any(letter => letter is < '!' or > '~'))
        {
            return Problem.Invalid(HeaderName, "idempotency-key-invalid");
        }

        return await context.RequestServices.GetRequiredService<IdempotentPost>().RunAsync(context, $"{context.Request.Method} {context.Request.Path} {key}", () => next(invocation));
    }

    private async Task<IResult> RunAsync(HttpContext context, string key, Func<ValueTask<object?>> call)
    {
        var requestHash = (string)context.Items[IdempotentBody.HashItem]!;
        var (taken, answer) = await TakeAsync(key, requestHash, context.RequestAborted);
        if (taken is null)
        {
            return answer!;
        }

        var status = MayRunAgain;
        string? body = null;
        string? location = null;
        await using var held = new HeldKey(scopes, current.Actor, taken, TimeProvider.System, log);
        try
        {
            var result = (IResult)(await call() ?? Problem.NotFound());
            (status, body) = await CaptureAsync(context, result);
            location = context.Response.Headers.Location.ToString() is { Length: > 0 } made ? made : null;
            return new KeptAnswer(status, body, location, replayed: false);
        }
        finally
        {
            // A failure of ours is not kept as the answer: the caller may repeat.
            await held.AnswerAsync(status >= StatusCodes.Status500InternalServerError ? MayRunAgain : status, body, location);
        }
    }

    private async Task<(IdempotentAnswer? Taken, IResult? Answer)> TakeAsync(string key, string requestHash, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Open(binding.MerchantId, current.Actor);
        var found = await scope.Records.ListAsync<IdempotentAnswer>(row => row.Key == key, 1, cancellationToken);
        var known = found.Count > 0 ? found[0] : null;
        if (known is not null && known.RequestHash != requestHash)
        {
            return (null, Problem.Of(StatusCodes.Status422UnprocessableEntity, "key-reused", ProblemText.Of("key-reused-detail")));
        }

        if (known is { StatusCode: > Running })
        {
            return (null, new KeptAnswer(known.StatusCode, known.BodyJson, known.Location, replayed: true));
        }

        var now = TimeProvider.System.GetUtcNow();
        if (known is { StatusCode: Running } && now < (known.HeldUntil ?? known.CreatedAt + HeldKey.Lease))
        {
            return (null, InFlight());
        }

        var taken = new IdempotentAnswer
        {
            Id = known?.Id ?? Guid.CreateVersion7(),
            MerchantId = binding.MerchantId,
            Revision = known?.Revision ?? 0,
            Key = key,
            RequestHash = requestHash,
            StatusCode = Running,
            HeldBy = Guid.CreateVersion7(),
            HeldUntil = now + HeldKey.Lease,
            CreatedAt = now,
        };
        if (known is null)
        {
            scope.Records.Add(taken);
        }
        else
        {
            scope.Records.Update(taken);
        }

        try
        {
            await scope.Records.CommitAsync(cancellationToken);
        }
        catch (RecordConflictException)
        {
            return (null, InFlight());
        }

        return (taken, null);
    }

    private static IResult InFlight() => Problem.Of(StatusCodes.Status409Conflict, "in-flight", ProblemText.Of("in-flight-detail"));

    private static async Task<(int Status, string Body)> CaptureAsync(HttpContext context, IResult result)
    {
        // What was done is done, and its answer is whole, whether or not the caller still waits for it.
        var (wire, aborted) = (context.Response.Body, context.RequestAborted);
        using var memory = new MemoryStream();
        (context.Response.Body, context.RequestAborted) = (memory, CancellationToken.None);
        try
        {
            await result.ExecuteAsync(context);
        }
        finally
        {
            (context.Response.Body, context.RequestAborted) = (wire, aborted);
        }

        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(memory.ToArray()));
    }

    private sealed class KeptAnswer(int status, string? body, string? location, bool replayed) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = status >= StatusCodes.Status400BadRequest ? "application/problem+json" : "application/json; charset=utf-8";
            if (location is not null)
            {
                httpContext.Response.Headers.Location = location;
            }

            if (replayed)
            {
                httpContext.Response.Headers[Replayed] = "true";
            }

            await httpContext.Response.WriteAsync(body ?? "", httpContext.RequestAborted);
        }
    }
}
