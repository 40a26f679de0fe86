using System.Text.Json;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>Reads the case's state; values stay JSON until somebody asks for them.</summary>
internal ref struct StateReader
{
    private readonly ReadOnlyMemory<byte> _source;
    private readonly Burst _burst;
    private readonly CaseState _state;
    private Utf8JsonReader _json;

    private StateReader(ReadOnlyMemory<byte> source, Burst burst, CaseState state)
    {
        _source = source;
        _burst = burst;
        _state = state;
        _json = new Utf8JsonReader(source.Span);
    }

    public static void Read(ReadOnlyMemory<byte> source, Burst burst, CaseState state)
    {
        if (source.Length == 0)
            return;
        try
        {
            new StateReader(source, burst, state).ReadRoot();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new ScenarioFaultException(IncidentKind.Bug, FaultCauses.StateUnreadable, $"What the case keeps cannot be read: {exception.Message}", exception);
        }
    }

    private void ReadRoot()
    {
        _json.Read();
        while (NextMember())
        {
            switch (Name())
            {
                case "n": _json.Read(); _state.NextNumber = _json.GetInt32(); break;
                case "i": _state.StartInput = Fragment().Utf8; break;
                case "v": ReadValues(_state.Variables); break;
                case "o": ReadOutputs(); break;
                case "s": ReadSteps(); break;
                case "b": ReadBookmarks(); break;
                case "h": ReadHalted(); break;
                case "q": ReadHeld(); break;
                default: _json.Skip(); break;
            }
        }
    }

    private void ReadOutputs()
    {
        _json.Read();
        while (NextMember())
        {
            var outputs = new Dictionary<string, object?>();
            _state.StepOutputs[_json.GetString()!] = outputs;
            ReadValues(outputs);
        }
    }

    private void ReadSteps()
    {
        _json.Read();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            int number = 0, owner = 0, status = 0;
            string nodeId = "", start = "";
            string? callback = null;
            var starts = false;
            Dictionary<string, object?>? properties = null;
            StepFault? fault = null;
            while (NextMember())
            {
                switch (Name())
                {
                    case "k": _json.Read(); number = _json.GetInt32(); break;
                    case "a": nodeId = Text()!; break;
                    case "w": _json.Read(); owner = _json.GetInt32(); break;
                    case "t": _json.Read(); status = _json.GetInt32(); break;
                    case "c": callback = Text(); break;
                    case "x": _json.Read(); starts = true; break;
                    case "b": start = Text()!; break;
                    case "p": ReadValues(properties = []); break;
                    case "f": fault = ReadFault(); break;
                    default: _json.Skip(); break;
                }
            }

            var node = _burst.Scenario.Find(nodeId)
                ?? throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.StepIsGone, $"The case stands at the step \"{nodeId}\", which its scenario version does not have.");
            _state.Steps.Add(new ActivityExecutionContext(_burst, node, number, owner)
            {
                Status = (StepStatus)status,
                CompletionCallback = callback,
                StartsCase = starts,
                StartNode = start.Length == 0 ? null : _burst.Scenario.Find(start),
                Properties = properties,
                Fault = fault,
            });
        }
    }

    private StepFault ReadFault()
    {
        _json.Read();
        Guid incidentId = default;
        string? callback = null, input = null;
        while (NextMember())
        {
            switch (Name())
            {
                case "i": _json.Read(); incidentId = _json.GetGuid(); break;
                case "c": callback = Text(); break;
                case "j": input = Text(); break;
                default: _json.Skip(); break;
            }
        }

        return new StepFault(incidentId, callback, input);
    }

    private void ReadBookmarks()
    {
        _json.Read();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            Guid id = default;
            var step = 0;
            var name = "";
            string? callback = null;
            DateTimeOffset? dueAt = null;
            DateTimeOffset createdAt = default;
            bool burns = true, completes = true;
            while (NextMember())
            {
                switch (Name())
                {
                    case "i": _json.Read(); id = _json.GetGuid(); break;
                    case "s": _json.Read(); step = _json.GetInt32(); break;
                    case "n": name = Text()!; break;
                    case "c": callback = Text(); break;
                    case "d": dueAt = Instant(); break;
                    case "t": createdAt = Instant(); break;
                    case "k": _json.Read(); burns = false; break;
                    case "m": _json.Read(); completes = false; break;
                    default: _json.Skip(); break;
                }
            }

            _state.Bookmarks.Add(new OpenBookmark(id, step, name, callback, dueAt, createdAt, burns, completes));
        }
    }

    private void ReadHalted()
    {
        _json.Read();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            Guid incidentId = default;
            Guid? bookmarkId = null;
            var kind = WorkKind.Start;
            string? nodeId = null, input = null;
            var isTimer = false;
            while (NextMember())
            {
                switch (Name())
                {
                    case "i": _json.Read(); incidentId = _json.GetGuid(); break;
                    case "k": _json.Read(); kind = (WorkKind)_json.GetInt32(); break;
                    case "a": nodeId = Text(); break;
                    case "b": _json.Read(); bookmarkId = _json.GetGuid(); break;
                    case "j": input = Text(); break;
                    case "t": _json.Read(); isTimer = true; break;
                    default: _json.Skip(); break;
                }
            }

            _state.Halted.Add(new HaltedWork(incidentId, kind, nodeId, bookmarkId, input, isTimer));
        }
    }

    private void ReadHeld()
    {
        _json.Read();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            Guid? bookmarkId = null, incidentId = null;
            var kind = WorkKind.Resume;
            string? input = null;
            var isTimer = false;
            while (NextMember())
            {
                switch (Name())
                {
                    case "k": _json.Read(); kind = (WorkKind)_json.GetInt32(); break;
                    case "b": _json.Read(); bookmarkId = _json.GetGuid(); break;
                    case "i": _json.Read(); incidentId = _json.GetGuid(); break;
                    case "j": input = Text(); break;
                    case "t": _json.Read(); isTimer = true; break;
                    default: _json.Skip(); break;
                }
            }

            _state.Held.Add(new HeldWork(kind, bookmarkId, incidentId, input, isTimer));
        }
    }

    private void ReadValues(Dictionary<string, object?> values)
    {
        _json.Read();
        JsonFragment.ReadMembers(ref _json, _source, values);
    }

    private JsonFragment Fragment()
    {
        _json.Read();
        return JsonFragment.Slice(ref _json, _source);
    }

    private bool NextMember() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    private readonly string? Name() => _json.ValueSpan.Length == 1
        ? _json.ValueSpan[0] switch
        {
            (byte)'a' => "a",
            (byte)'b' => "b",
            (byte)'c' => "c",
            (byte)'d' => "d",
            (byte)'f' => "f",
            (byte)'h' => "h",
            (byte)'i' => "i",
            (byte)'j' => "j",
            (byte)'k' => "k",
            (byte)'m' => "m",
            (byte)'n' => "n",
            (byte)'o' => "o",
            (byte)'p' => "p",
            (byte)'q' => "q",
            (byte)'s' => "s",
            (byte)'t' => "t",
            (byte)'v' => "v",
            (byte)'w' => "w",
            (byte)'x' => "x",
            _ => null,
        }
        : _json.GetString();

    private string? Text()
    {
        _json.Read();
        return _json.GetString();
    }

    private DateTimeOffset Instant()
    {
        _json.Read();
        return new DateTimeOffset(_json.GetInt64(), TimeSpan.Zero);
    }
}
