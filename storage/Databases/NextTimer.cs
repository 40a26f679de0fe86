using System.Diagnostics;

namespace CentralPay.Workflows.Storage.Databases;

/// <summary>
/// When the next timer is due, as this process last read it, so that a busy worker does not ask the database before every
/// claim. What this process commits is noted at once; what other nodes commit is seen when the reading has aged.
/// </summary>
internal sealed class NextTimer
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private DateTimeOffset? due;
    private long? readAt;
    private long notes;

    /// <summary>A timer was committed.</summary>
    public void Note(DateTimeOffset at)
    {
        lock (gate)
        {
            notes++;
            due = due is { } known && known < at ? known : at;
        }
    }

    /// <summary>Timers were fired: read again.</summary>
    public void Forget()
    {
        lock (gate)
        {
            notes++;
            readAt = null;
        }
    }

    /// <summary>The next due instant (business time), from memory where it is fresh; null for none.</summary>
    public async ValueTask<DateTimeOffset?> GetAsync(Func<ValueTask<DateTimeOffset?>> read)
    {
        long begunAt;
        lock (gate)
        {
            if (readAt is { } at && Stopwatch.GetElapsedTime(at) < Fresh)
            {
                return due;
            }

            begunAt = notes;
        }

        var startedAt = Stopwatch.GetTimestamp();
        var found = await read();
        lock (gate)
        {
            // What was committed or fired while we read may not be in what we read.
            if (notes == begunAt)
            {
                (due, readAt) = (found, startedAt);
            }
        }

        return found;
    }
}
