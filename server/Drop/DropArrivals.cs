namespace CentralPay.Workflows.Server.Drop;

/// <summary>
/// Says which files are complete: those that got their final name by a rename, and those whose size and time did not change
/// for a while. A file that is still written looks like any other; only waiting tells.
/// </summary>
internal sealed class DropArrivals(TimeSpan stable, TimeProvider systemClock)
{
    private readonly Dictionary<string, Seen> seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> onTheirWay = new(StringComparer.Ordinal);

    /// <summary>Whether files wait to be complete.</summary>
    public bool AreAnyPending => seen.Values.Any(file => !file.Held);

    /// <summary>The files of a place that are complete now. Call it each time one looks.</summary>
    public IReadOnlyList<string> Complete(DropPlace place)
    {
        var now = systemClock.GetUtcNow();
        var temporary = place.OnTheirWay();
        var waiting = place.Waiting();
        var complete = new List<string>();
        foreach (var path in waiting)
        {
            var look = Look(path);
            var wasRenamed = DropPlace.TemporaryNamesOf(path).Any(name => onTheirWay.Contains(name) && !temporary.Contains(name));
            if (!seen.TryGetValue(path, out var before) || before.Look != look)
            {
                seen[path] = before = new Seen(look, now, Held: false);
            }

            if (!before.Held && (wasRenamed || now - before.Since >= stable))
            {
                complete.Add(path);
            }
        }

        Forget(place, waiting, temporary);
        return complete;
    }

    /// <summary>The file changed while it was read: it is waited for anew.</summary>
    public void Again(string path) => seen[path] = new Seen(Look(path), systemClock.GetUtcNow(), Held: false);

    /// <summary>The file cannot be moved away: it is left alone until it changes.</summary>
    public void Hold(string path) => seen[path] = new Seen(Look(path), systemClock.GetUtcNow(), Held: true);

    private static (long Length, DateTime At) Look(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : (-1, default);
    }

    private void Forget(DropPlace place, IReadOnlyList<string> waiting, IReadOnlySet<string> temporary)
    {
        foreach (var gone in seen.Keys.Where(path => Path.GetDirectoryName(path) == place.In).Except(waiting).ToArray())
        {
            seen.Remove(gone);
        }

        onTheirWay.RemoveWhere(path => Path.GetDirectoryName(path) == place.In);
        onTheirWay.UnionWith(temporary);
    }

    private sealed record Seen((long Length, DateTime At) Look, DateTimeOffset Since, bool Held);
}
