using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Designer.Collections;

/// <summary>
/// Looks at a case again after somebody acted on it: what was asked for is work in a queue, and a page that reads at once would
/// show the case as it was. For a few seconds each change is shown; a case that has ended changes no more.
/// </summary>
public static class CaseFollowing
{
    /// <summary>How often the case is looked at, at most.</summary>
    public const int MostLooks = 20;

    /// <summary>What passes between two looks.</summary>
    public static TimeSpan UsualPause { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Follows the case until it has ended, or the looks are used up.</summary>
    /// <param name="shown">The case as the page shows it.</param>
    /// <param name="look">Reads the case; null where it is gone.</param>
    /// <param name="show">Shows it anew; called after each change.</param>
    /// <param name="pause">What passes between two looks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task FollowAsync(CaseRecord shown, Func<Task<CaseRecord?>> look, Func<Task> show, TimeSpan pause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(show);
        var (revision, running) = (shown.Revision, shown.Status == CaseStatus.Running);
        for (var looks = 0; running && looks < MostLooks; looks++)
        {
            var found = await look();
            if (found?.Revision != revision)
            {
                await show();
                (revision, running) = (found?.Revision ?? revision, found?.Status == CaseStatus.Running);
            }

            if (running)
            {
                await Task.Delay(pause, TimeProvider.System, cancellationToken);
            }
        }
    }
}
