using Microsoft.JSInterop;

namespace CentralPay.Workflows.Designer.Shell;

/// <summary>Hands things over to the person's browser: a file to keep, a text on the clipboard.</summary>
public sealed class BrowserFiles(IJSRuntime script) : IAsyncDisposable
{
    private IJSObjectReference? module;

    /// <summary>Offers a file to be kept.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mediaType">What it is (<c>text/csv</c>).</param>
    /// <param name="content">Its bytes.</param>
    public async Task SaveAsync(string name, string mediaType, byte[] content) => await (await ModuleAsync()).InvokeVoidAsync("save", name, mediaType, content);

    /// <summary>Puts a text on the clipboard; false where the browser refuses.</summary>
    public async Task<bool> CopyAsync(string text) => await (await ModuleAsync()).InvokeAsync<bool>("copy", text);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (module is not null)
            {
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the module with it.
        }
    }

    private async Task<IJSObjectReference> ModuleAsync() =>
        module ??= await script.InvokeAsync<IJSObjectReference>("import", "./_content/CentralPay.Workflows.Designer/files.js");
}
