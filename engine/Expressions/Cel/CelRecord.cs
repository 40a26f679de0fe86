namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>The members of a thing of the host that expressions can name: each with its type, and how it is read. One that a thing does not have reads as null.</summary>
/// <typeparam name="T">The thing.</typeparam>
public sealed class CelRecord<T> where T : notnull
{
    private readonly Dictionary<string, Func<T, CelValue>> _members;

    /// <summary>A thing with members.</summary>
    /// <param name="name">What problems call it.</param>
    /// <param name="members">Its members.</param>
    public CelRecord(string name, params IReadOnlyList<(string Name, CelType Type, Func<T, CelValue> Read)> members)
    {
        _members = members.ToDictionary(member => member.Name, member => member.Read);
        Type = CelType.Members(name, members.ToDictionary(member => member.Name, member => member.Type));
    }

    /// <summary>What it is for the check of expressions.</summary>
    public CelType Type { get; }

    /// <summary>A thing as a value of expressions; its members are read when they are asked for.</summary>
    public CelValue Of(T thing) => CelValue.Of(new Map(thing, _members));

    private sealed class Map(T thing, Dictionary<string, Func<T, CelValue>> members) : CelMap
    {
        public override int Count => members.Count;

        public override bool TryGet(CelValue key, out CelValue value)
        {
            if (key.Kind == CelKind.String && members.TryGetValue(key.Text, out var read))
            {
                value = read(thing);
                return true;
            }

            value = default;
            return false;
        }

        public override IEnumerable<KeyValuePair<CelValue, CelValue>> Entries() =>
            members.Select(member => KeyValuePair.Create(CelValue.Of(member.Key), member.Value(thing)));
    }
}
