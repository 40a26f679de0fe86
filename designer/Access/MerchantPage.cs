using Microsoft.AspNetCore.Components;

namespace CentralPay.Workflows.Designer.Access;

/// <summary>
/// What every page of the back office shares: it shows its skeleton at once (prerendered), and reads its data when the
/// circuit stands, each time its parameters change.
/// </summary>
public abstract class MerchantPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource leaving = new();

    // Taken once: what still runs when the page is gone asks for it after the source was disposed.
    protected MerchantPage() => Leaving = leaving.Token;

    /// <summary>The circuit's merchant and person.</summary>
    [Inject]
    protected MerchantSession Session { get; set; } = null!;

    /// <summary>Where we are.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Whether the data is there.</summary>
    protected bool Loaded { get; private set; }

    /// <summary>Cancelled when the person leaves the page.</summary>
    protected CancellationToken Leaving { get; }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            await ReloadAsync();
        }
    }

    /// <summary>Reads the data of the page.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Reads again and shows it.</summary>
    protected async Task ReloadAsync()
    {
        try
        {
            await Session.OpenAsync();
            await LoadAsync();
            Loaded = true;
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The person went elsewhere while we read.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the page held.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            leaving.Cancel();
            leaving.Dispose();
        }
    }
}
