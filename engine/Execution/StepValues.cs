using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>What the journal shows of a step's values, in the order they came. A step has a few: they are looked for one by one.</summary>
internal sealed class StepValues(int capacity) : IReadOnlyDictionary<string, string?>
{
    private readonly KeyValuePair<string, string?>[] _values = capacity == 0 ? [] : new KeyValuePair<string, string?>[capacity];

    public static StepValues None { get; } = new(0);

    public int Count { get; private set; }

    public IEnumerable<string> Keys => this.Select(value => value.Key);

    public IEnumerable<string?> Values => this.Select(value => value.Value);

    public string? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The step shows no {key}.");

    /// <summary>Shows a value; a later one of the same name takes its place.</summary>
    public void Set(string name, string? text)
    {
        var at = IndexOf(name);
        _values[at < 0 ? Count++ : at] = new KeyValuePair<string, string?>(name, text);
    }

    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string? value)
    {
        var at = IndexOf(key);
        value = at < 0 ? null : _values[at].Value;
        return at >= 0;
    }

    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator() => _values.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string name)
    {
        for (var index = 0; index < Count; index++)
        {
            if (_values[index].Key == name)
                return index;
        }

        return -1;
    }
}
