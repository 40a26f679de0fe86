namespace CentralPay.Workflows.Designer.Shell;

/// <summary>Waits until somebody has stopped typing for a moment, so that a search does not run for each letter.</summary>
/// <param name="length">How long the typing must rest.</param>
internal sealed class TypingRest(TimeSpan length) : IDisposable
{
    private CancellationTokenSource typing = new();

    /// <summary>Whether nothing more was typed for that long; false when something was.</summary>
    public async Task<bool> IsOverAsync()
    {
        Interrupt();
        var mine = typing.Token;
        try
        {
            await Task.Delay(length, TimeProvider.System, mine);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>What is waiting waits in vain: something more was typed, or the search was asked for outright.</summary>
    public void Interrupt()
    {
        typing.Cancel();
        typing.Dispose();
        typing = new CancellationTokenSource();
    }

    public void Dispose()
    {
        typing.Cancel();
        typing.Dispose();
    }
}
