using System.Net.Sockets;
using System.Text;
using CentralPay.Workflows.Sandbox.Api;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace CentralPay.Workflows.Sandbox.Faults;

/// <summary>Makes calls of the API go wrong as the switches say.</summary>
public sealed class FaultMiddleware(RequestDelegate next, FaultSwitches faults)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/v2/rest", StringComparison.Ordinal)
            || faults.TakeCallFault(context.Request.Method, context.Request.Path) is not { } fault) return next(context);
        return fault.Fault switch
        {
            FaultKind.Error500 => AnswerAsync(context, 500, "internal error"),
            FaultKind.Error403 => AnswerAsync(context, 403, "access denied"),
            FaultKind.DropBefore => AbortAsync(context),
            FaultKind.TimeoutBefore => StaySilentAsync(context),
            FaultKind.TimeoutAfter => AfterEffectAsync(context, (_, _) => StaySilentAsync(context)),
            FaultKind.DropAfter => AfterEffectAsync(context, BreakInTheMiddleAsync),
            FaultKind.Slow => SlowlyAsync(context, fault.DelayMilliseconds),
            _ => next(context),
        };
    }

    private async Task SlowlyAsync(HttpContext context, int delayMilliseconds)
    {
        await Task.Delay(delayMilliseconds);
        await next(context);
    }

    private async Task AfterEffectAsync(HttpContext context, Func<HttpContext, byte[], Task> goWrong)
    {
        var wire = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await next(context);
        context.Response.Body = wire;
        await goWrong(context, answer.ToArray());
    }

    private static async Task BreakInTheMiddleAsync(HttpContext context, byte[] answer)
    {
        // Written past the server, which on an abort would also throw away what the client has not read yet. The announced
        // length is the whole answer's, so the client knows that it was cut.
        var head = $"HTTP/1.1 {context.Response.StatusCode} Cut\r\nContent-Type: {context.Response.ContentType}\r\nContent-Length: {answer.Length}\r\n\r\n";
        var socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        await socket.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. answer[..(answer.Length / 2)]]);
        socket.Shutdown(SocketShutdown.Send);
        await Task.Delay(LongestGoodbye, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private static async Task StaySilentAsync(HttpContext context)
    {
        await Task.Delay(LongestSilence, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private static Task AbortAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task AnswerAsync(HttpContext context, int status, string message)
    {
        var answer = ApiAnswer.Error(status, "server", message);
        context.Response.StatusCode = status;
        context.Response.ContentType = answer.ContentType;
        await context.Response.Body.WriteAsync(answer.Body);
    }
}
