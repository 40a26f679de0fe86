using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Runtime.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralPay.Workflows.Engine.Tests.Storms;

/// <summary>
/// A few cases of every kind on several workers, while connections break, workers are killed, leases run out, clocks jump,
/// people retry what failed and pause cases, and everything that happens outside happens twice, too early and in any order. Then it calms down, and all must be as
/// if nothing had been. In some storms nobody gives up waiting: there each answer must have been heard.
/// </summary>
internal sealed class Storm
{
    private const int Steps = 600;
    private const int MostCalmRounds = 400;
    private const int LeaseMinutes = 2;

    private readonly Turns _turns;
    private readonly Weather _weather;
    private readonly TestClock _clock = new(House.Start);
    private readonly TestClock _leases = new(House.Start);
    private readonly MemoryEngineStore _store;
    private readonly StormStore _seen;
    private readonly CaseWorker _worker;
    private readonly List<(string Kind, string Invoice)> _cases = [];
    private readonly List<Actor> _workers = [];
    private readonly bool _patient;
    private int _hired;
    private int _troublesInThousand;
    private bool _calm;

    private Storm(int seed)
    {
        _turns = new Turns(seed);
        _patient = Chance.Next(3) == 0;
        _weather = new Weather(_turns);
        _store = new MemoryEngineStore(_clock, _leases);
        var trouble = new Trouble(() => _turns.Random.Next(1000) < _troublesInThousand);
        _seen = new StormStore(_store, _weather, new Dictionary<Type, object> { [typeof(TestLog)] = new TestLog(), [typeof(Trouble)] = trouble });
        _worker = new CaseWorker(_seen, _seen, new WorkSignal(), StormScenarios.Compiled, _clock, new EngineLimits { MaxAttempts = 4, Lease = TimeSpan.FromMinutes(LeaseMinutes) }, NullLogger<CaseWorker>.Instance);
    }

    /// <summary>Runs one storm; answers what went wrong, and the trace of it all.</summary>
    public static async Task<(string? Wrong, IReadOnlyList<string> Trace)> RunAsync(int seed)
    {
        var storm = new Storm(seed);
        await StormScenarios.PublishAsync(storm._store);
        try
        {
            storm.Rage();
            storm.CalmDown();
            return (await storm.WrongAsync(), storm._turns.Trace);
        }
        catch (Exception failure) when (failure is InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return (failure.ToString(), storm._turns.Trace);
        }
    }

    private System.Random Chance => _turns.Random;

    private void Rage()
    {
        _weather.FailuresInThousand = Chance.Next(120);
        _troublesInThousand = Chance.Next(200);
        for (var number = Chance.Next(2, 5); number > 0; number--)
            _cases.Add((StormScenarios.All[Chance.Next(StormScenarios.All.Count)], $"F{number}"));
        for (var number = Chance.Next(1, 4); number > 0; number--)
            HireWorker();
        _turns.Begin("world", HappenAsync);
        _turns.Begin("person", DecideAsync);
        _turns.Begin("person 2", DecideAsync);
        _turns.Begin("person 3", PauseAsync);
        for (var step = 0; step < Steps; step++)
        {
            _turns.Step();
            MoveClocks();
            if (Chance.Next(60) == 0)
                KillWorker();
        }
    }

    private void CalmDown()
    {
        _weather.FailuresInThousand = 0;
        _troublesInThousand = 0;
        _calm = true;
        while (_turns.Step())
        {
        }

        var quiet = _turns.Begin("the last", FinishAsync);
        while (_turns.Step())
        {
        }

        if (quiet.Done is not { IsCompletedSuccessfully: true })
            throw new InvalidOperationException("The last worker did not come to an end.");
    }

    private void HireWorker() => _workers.Add(_turns.Begin($"worker {++_hired}", WorkAsync));

    private void KillWorker()
    {
        var killed = _workers[Chance.Next(_workers.Count)];
        _turns.Kill(killed);
        _workers.Remove(killed);
        HireWorker();
    }

    private void MoveClocks()
    {
        if (Chance.Next(40) == 0)
            _clock.Advance(TimeSpan.FromHours(Chance.Next(-6, 30)));
        if (Chance.Next(8) == 0)
            _leases.Advance(TimeSpan.FromSeconds(Chance.Next(4)));
        if (Chance.Next(50) == 0)
            _leases.Advance(TimeSpan.FromMinutes(LeaseMinutes));
    }

    private async Task WorkAsync()
    {
        while (!_calm)
        {
            try
            {
                await _seen.FireDueTimersAsync(_clock.GetUtcNow(), Chance.Next(1, 5));
                var items = await _seen.ClaimAsync("storm", Chance.Next(1, 4), TimeSpan.FromMinutes(LeaseMinutes));
                await Task.WhenAll(items.Select(item => _worker.RunAsync(item, CancellationToken.None)));
            }
            catch (ConnectionLostException)
            {
                await _turns.NextAsync("pause");
            }
        }
    }

    private async Task HappenAsync()
    {
        var happening = new List<Stimulus>();
        foreach (var (kind, invoice) in _cases)
        {
            var start = Activities.Event.Published("Start", $$"""{"invoice":"{{invoice}}","patience":"{{(_patient ? "P5000D" : "P2D")}}"}""") with { OnlyDefinitionId = kind, StartKey = invoice, Subject = new CaseSubject($"invoice:{invoice}", invoice, null) };
            happening.AddRange(Enumerable.Repeat(start, Chance.Next(1, 4)));
            foreach (var question in StormScenarios.Questions(kind, invoice))
                happening.AddRange(Enumerable.Repeat(Ask.Answered(question, "yes"), Chance.Next(_patient ? 1 : 0, 3)));
        }

        var mixed = happening.ToArray();
        Chance.Shuffle(mixed);
        foreach (var stimulus in mixed)
        {
            while (!await TryAsync(scope => Raise(scope, stimulus)))
            {
            }

            for (var pause = Chance.Next(12); pause > 0 && !_calm; pause--)
                await _turns.NextAsync("nothing happens");
        }
    }

    private async Task DecideAsync()
    {
        while (!_calm)
        {
            await TryAsync(RetryAllAsync);
            await _turns.NextAsync("a look at incidents");
        }
    }

    private async Task PauseAsync()
    {
        while (!_calm)
        {
            var (kind, invoice) = _cases[Chance.Next(_cases.Count)];
            var caseId = StimulusRouting.CaseId(StormScenarios.Tenant, StimulusRouting.StartKey(kind, invoice));
            await TryAsync(scope => Chance.Next(2) == 0 ? DeskOf(scope).PauseAsync(caseId, "anna") : DeskOf(scope).ContinueAsync(caseId));
            for (var pause = Chance.Next(30); pause > 0 && !_calm; pause--)
                await _turns.NextAsync("a look at cases");
        }
    }

    private CaseDesk DeskOf(ITenantScope scope) =>
        new(scope.Services, Get<ICaseStore>(scope), Get<IScenarioStore>(scope), Get<IEngineUnitOfWork>(scope), StormScenarios.Compiled, _clock, new EngineLimits(), []);

    private async Task ContinueAllAsync(ITenantScope scope)
    {
        foreach (var paused in (await Get<ICaseStore>(scope).QueryAsync(new CaseQuery { Status = CaseStatus.Running, Limit = 500 })).Where(one => one.SubStatus == CaseSubStatus.Paused))
            await DeskOf(scope).ContinueAsync(paused.Id);
    }

    // Told twice where the answer was lost: that is what ERPs and gateways do.
    private async Task<bool> TryAsync(Func<ITenantScope, Task> act)
    {
        try
        {
            await using var scope = _seen.Open(StormScenarios.Tenant);
            await act(scope);
            return true;
        }
        catch (ConnectionLostException)
        {
            return false;
        }
    }

    private static Task Raise(ITenantScope scope, Stimulus stimulus)
    {
        var work = Get<IEngineUnitOfWork>(scope);
        work.Append(new StimulusRaised(stimulus));
        return work.CommitAsync();
    }

    private async Task RetryAllAsync(ITenantScope scope)
    {
        var desk = new IncidentDesk(scope.Services, Get<ICaseStore>(scope), Get<IScenarioStore>(scope), Get<IEngineUnitOfWork>(scope), StormScenarios.Compiled, _clock, new EngineLimits());
        foreach (var incident in (await desk.OpenAsync()).OrderBy(incident => incident.CaseId).ThenBy(incident => incident.NodeId, StringComparer.Ordinal))
            await desk.RetryAsync(incident.Id, "anna");
    }

    private async Task FinishAsync()
    {
        for (var round = 0; round < MostCalmRounds; round++)
        {
            var ran = await _worker.DrainAsync();
            await TryAsync(RetryAllAsync);
            await TryAsync(ContinueAllAsync);
            var rests = await _store.DepthAsync() > 0;
            if (ran == 0 && !rests && await _store.NextTimerDueAsync() is null)
                return;
            _leases.Advance(TimeSpan.FromMinutes(LeaseMinutes));
            if (!rests)
                _clock.Advance(TimeSpan.FromDays(1));
        }
    }

    private async Task<string?> WrongAsync()
    {
        await using var scope = _store.Open(StormScenarios.Tenant);
        var cases = Get<ICaseStore>(scope);
        var all = await cases.QueryAsync(new CaseQuery { Limit = 500 });
        var wrong = new List<string>(_seen.Broken);
        var booked = all.Where(one => one.DefinitionId == "booked").ToArray();
        wrong.AddRange(booked.GroupBy(one => one.CorrelationId).Where(same => same.Count() > 1).Select(same => $"{same.Key} was booked {same.Count()} times"));
        foreach (var (kind, invoice) in _cases)
        {
            var (bookings, count) = StormScenarios.Expected(kind);
            var own = all.Where(one => one.CorrelationId == $"invoice:{invoice}" || one.CorrelationId == $"within:{invoice}").ToArray();
            var made = booked.Count(one => own.Any(@case => @case.Id.ToString() == one.CustomerKey));
            if (own.Length != count)
                wrong.Add($"{invoice} ({kind}) has {own.Length} cases instead of {count}");
            if (made != bookings)
                wrong.Add($"{invoice} ({kind}) booked {made} times instead of {bookings}");
        }

        foreach (var one in all)
        {
            if (one.SubStatus != CaseSubStatus.Finished)
                wrong.Add($"the case of {one.CorrelationId} is {one.SubStatus}");
            var journal = await cases.JournalAsync(one.Id);
            if (!journal.Select(entry => entry.Revision).SequenceEqual(Enumerable.Range(1, (int)one.Revision).Select(revision => (long)revision)))
                wrong.Add($"the journal of {one.CorrelationId} has the revisions {string.Join(' ', journal.Select(entry => entry.Revision))} of {one.Revision}");
            if (_patient && journal.SelectMany(entry => entry.Steps).Any(step => step.Outcomes.Contains("Time limit")))
                wrong.Add($"an answer for {one.CorrelationId} was lost");
            wrong.AddRange(journal.SelectMany(entry => entry.Steps).Where(step => step.What == "Completed").GroupBy(step => step.ActivityInstanceId)
                .Where(same => same.Count() > 1).Select(same => $"{same.First().NodeId} of {one.CorrelationId} completed {same.Count()} times"));
        }

        if (await _store.DepthAsync() is > 0 and var depth)
            wrong.Add($"{depth} work items are left");
        if (await _store.NextTimerDueAsync() is not null)
            wrong.Add("a timer is left");
        if ((await cases.OpenIncidentsAsync(null, 100)) is { Count: > 0 } open)
            wrong.Add($"{open.Count} incidents are open: {open[0].Message}");
        return wrong.Count == 0 ? null : string.Join("; ", wrong);
    }

    private static T Get<T>(ITenantScope scope) => (T)scope.Services.GetService(typeof(T))!;
}
