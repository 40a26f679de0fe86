namespace CentralPay.Workflows.Sandbox.Time;

/// <summary>Does due work at the machine's pace: at once after a commit, and at least once a second.</summary>
public sealed class AgendaLoop(Agenda agenda, WakeUp wakeUp, ILogger<AgendaLoop> log) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await agenda.DoDueWorkAsync(stoppingToken);
                await wakeUp.WaitAsync(LongestSleep, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is Microsoft.Data.Sqlite.SqliteException or Microsoft.EntityFrameworkCore.DbUpdateException)
            {
                // The rows are still due: the next round tries again.
                log.LogError(failure, "Due work failed and will be tried again.");
                await Task.Delay(LongestSleep, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
