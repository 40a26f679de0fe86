using CentralPay.Workflows.Sandbox.Accounts;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Api;

/// <summary>The way into every operation: who calls, what they send, one transaction for the effect and the kept answer, then the answer.</summary>
public sealed class ApiDoor(IDbContextFactory<SandboxDatabase> databases, Writer writer, BusinessClock clock, ILogger<ApiDoor> log)
{
    /// <summary>A call that changes something.</summary>
    public RequestDelegate Change(ApiOperation operation) => context => AnswerAsync(context, async (account, form) =>
    {
        var key = IdempotenceKey.Read(context.Request);
        return await writer.WriteAsync(async database =>
        {
            var call = NewCall(context, account, form, database);
            if (key is null) return await operation(call);
            if (await IdempotenceKey.FindAsync(call, key, context.Request.Path) is { } kept) return kept;
            var answer = await operation(call);
            IdempotenceKey.Keep(call, key, context.Request.Path, answer);
            return answer;
        });
    });

    /// <summary>A call that only reads.</summary>
    public RequestDelegate Read(ApiOperation operation) => context => AnswerAsync(context, async (account, form) =>
    {
        await using var database = await databases.CreateDbContextAsync();
        return await operation(NewCall(context, account, form, database));
    });

    public Task UnknownAddress(HttpContext context) =>
        AnswerAsync(context, (_, _) => Task.FromResult(ApiAnswer.Error(404, "address", $"{context.Request.Method} {context.Request.Path} is no operation of this API")));

    private async Task AnswerAsync(HttpContext context, Func<Account, FormFields, Task<ApiAnswer>> operation)
    {
        ApiAnswer answer;
        try
        {
            var account = await AuthenticateAsync(context);
            answer = await operation(account, await FormFields.ReadAsync(context.Request));
        }
        catch (ApiRefusalException refusal)
        {
            answer = refusal.Answer;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or BadHttpRequestException))
        {
            log.LogError(failure, "{Method} {Path} failed.", context.Request.Method, context.Request.Path);
            answer = ApiAnswer.Error(500, "server", "the sandbox failed; see its log");
        }
        if (answer.Status == 401) context.Response.Headers.WWWAuthenticate = "Basic realm=\"CentralPay sandbox\"";
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body);
    }

    private async Task<Account> AuthenticateAsync(HttpContext context)
    {
        var credentials = BasicCredentials.Read(context.Request.Headers.Authorization)
            ?? throw new ApiRefusalException(401, "Authorization", "HTTP Basic credentials of an API user are missing");
        await using var database = await databases.CreateDbContextAsync();
        var account = await database.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Login == credentials.Login);
        return account is not null && account.Accepts(credentials.Password)
            ? account
            : throw new ApiRefusalException(403, "Authorization", "wrong login or password");
    }

    private ApiCall NewCall(HttpContext context, Account account, FormFields form, SandboxDatabase database) => new()
    {
        Account = account,
        Database = database,
        Form = form,
        Query = context.Request.Query,
        Now = clock.GetUtcNow(),
        Id = Guid.TryParse(context.Request.RouteValues["id"] as string, out var id) ? id : Guid.Empty,
    };
}
