using CentralPay.Workflows.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralPay.Workflows.Server.Tests.Running;

/// <summary>Stands between the server and the sandbox: loses answers, and answers itself what the sandbox would not.</summary>
public sealed class GatewayProxy : IAsyncLifetime
{
    private static readonly string[] OfTheConnection = ["Host", "Content-Length", "Connection", "Transfer-Encoding"];
    private static readonly HttpClient Client = new();
    private WebApplication? app;

    public string Address { get; } = $"http://127.0.0.1:{FreePort.Next()}";

    /// <summary>The sandbox.</summary>
    public string Target { get; set; } = "";

    /// <summary>The status and text of what is answered in the sandbox's place; null to ask it.</summary>
    public Func<HttpRequest, (int Status, string Body)?> Instead { get; set; } = _ => null;

    /// <summary>Whether the answer to a call that the sandbox has done is lost on the way.</summary>
    public Func<HttpRequest, bool> Loses { get; set; } = _ => false;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder([$"--urls={Address}"]);
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(PassAsync);
        await app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    private async Task PassAsync(HttpContext context)
    {
        if (Instead(context.Request) is var (status, text))
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(text);
            return;
        }

        using var call = new HttpRequestMessage(new HttpMethod(context.Request.Method), Target + context.Request.Path + context.Request.QueryString);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            call.Content = new ByteArrayContent(body.ToArray());
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => !OfTheConnection.Contains(header.Key)))
        {
            if (!call.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                call.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        using var answer = await Client.SendAsync(call);
        if (Loses(context.Request))
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
