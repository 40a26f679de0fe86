namespace CentralPay.Workflows.Engine.Tests.Storms;

/// <summary>
/// Lets actors go on one at a time, in an order that the seed gives. An actor gives its turn away wherever another process
/// could come between: at each read, claim and commit.
/// </summary>
internal sealed class Turns(int seed)
{
    private readonly List<(Actor Actor, TaskCompletionSource Go)> _waiting = [];
    private readonly List<string> _trace = [];
    private Actor? _current;

    /// <summary>All chance of a run comes from here.</summary>
    public System.Random Random { get; } = new(seed);

    /// <summary>Who went on, and what befell them, in order.</summary>
    public IReadOnlyList<string> Trace => _trace;

    /// <summary>Lets an actor begin at its first turn.</summary>
    public Actor Begin(string name, Func<Task> act)
    {
        var actor = new Actor(name);
        var before = _current;
        _current = actor;
        actor.Done = ActAsync();
        _current = before;
        return actor;

        async Task ActAsync()
        {
            await NextAsync("begin");
            await act();
        }
    }

    /// <summary>Gives the turn away, and comes back when it is this actor's again.</summary>
    public Task NextAsync(string at)
    {
        // Continuations run within SetResult: the whole run is one thread.
        var go = new TaskCompletionSource();
        _waiting.Add((_current ?? throw new InvalidOperationException("Only an actor has turns."), go));
        _trace.Add($"{_current.Name} at {at}");
        return go.Task;
    }

    /// <summary>Writes down what befell the actor whose turn it is.</summary>
    public void Note(string what) => _trace.Add($"{_current?.Name}: {what}");

    /// <summary>One actor goes on to its next turn. False when nobody waits for one.</summary>
    public bool Step()
    {
        if (_waiting.Count == 0)
            return false;
        var index = Random.Next(_waiting.Count);
        var (actor, go) = _waiting[index];
        _waiting.RemoveAt(index);
        _current = actor;
        go.SetResult();
        _current = null;
        if (actor.Done is { IsFaulted: true, Exception.InnerException: { } failure })
            throw new InvalidOperationException($"{actor.Name} failed: {failure.Message}", failure);
        return true;
    }

    /// <summary>Ends an actor as SIGKILL does: it never gets another turn, and clears up nothing.</summary>
    public void Kill(Actor actor)
    {
        _trace.Add($"{actor.Name} is killed");
        _waiting.RemoveAll(waiting => waiting.Actor == actor);
    }
}

/// <summary>One of those who act at the same time: a worker, the world outside, a person.</summary>
internal sealed class Actor(string name)
{
    public string Name { get; } = name;

    public Task? Done { get; set; }
}
