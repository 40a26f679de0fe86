using CentralPay.Workflows.Server.Outbox;

namespace CentralPay.Workflows.Server.Clock;

/// <summary>Cases, then what they asked for outside, then what the answers set off, until nothing moves any more at a business instant.</summary>
internal sealed class Settling(CaseRunning cases, OutboxDispatcher outbox)
{
    private const int MostRounds = 1000;

    public async Task<Settled> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var settled = new Settled(0, 0, 0);
        for (var round = 0; round < MostRounds; round++)
        {
            // The background workers do their share: what they finished meanwhile may have left work behind.
            var before = outbox.Finished;
            var fired = await cases.FireTimersAsync(now, cancellationToken);
            var bursts = await cases.DrainAsync(cancellationToken);
            await outbox.DrainAsync(cancellationToken);
            var effects = (int)(outbox.Finished - before);
            settled = new Settled(settled.Timers + fired, settled.Bursts + bursts, settled.Effects + effects);
            if (fired + bursts + effects == 0)
            {
                break;
            }
        }

        return settled;
    }
}

/// <summary>How much was done.</summary>
internal sealed record Settled(int Timers, int Bursts, int Effects);
