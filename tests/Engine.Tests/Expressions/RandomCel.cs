using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Tests.Expressions;

/// <summary>Writes expressions of a wanted type at random. The values at their ends are written out, or are members of the host's <c>r</c>; a seed gives the same expression either way.</summary>
/// <param name="seed">Where chance begins.</param>
/// <param name="written">Whether values are written out.</param>
/// <param name="mistakes">How many parts in a hundred are of another type than they should be.</param>
internal sealed class RandomCel(int seed, bool written, int mistakes = 0)
{
    public const string Root = "r";

    private static readonly Dictionary<CelType, (string Written, string Name, object Value)[]> Ends = new()
    {
        [CelType.Bool] = [("true", "yes", true), ("false", "no", false)],
        [CelType.Int] = [("0", "zero", 0L), ("3", "three", 3L), ("-7", "minus", -7L), ("9223372036854775807", "most", long.MaxValue)],
        [CelType.Double] = [("0.0", "none", 0.0), ("1.5", "some", 1.5), ("-2.25", "less", -2.25)],
        [CelType.String] = [("''", "empty", ""), ("'a'", "a", "a"), ("'été'", "summer", "été")],
        [CelType.Decimal] = [("decimal('1.10')", "price", 1.10m), ("decimal('0')", "free", 0m)],
        [CelType.Duration] = [("duration('1h')", "hour", TimeSpan.FromHours(1)), ("duration('-90s')", "back", TimeSpan.FromSeconds(-90))],
        [CelType.Timestamp] = [("timestamp('2026-03-02T00:00:00Z')", "start", new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero)), ("timestamp(0)", "epoch", DateTimeOffset.UnixEpoch)],
        [CelType.AnyList] = [("[]", "nobody", Array.Empty<long>()), ("[3, 0, -7]", "three_numbers", new[] { 3L, 0L, -7L })],
    };

    private readonly System.Random _random = new(seed);
    private int _locals;

    // A value of one type or another is left to the case; where mistakes are made on purpose, none is made that way.
    private bool Mistakes => mistakes > 0;

    public static IReadOnlyList<CelType> Types { get; } = [.. Ends.Keys];

    public static Dictionary<string, object?> Values { get; } = Ends.Values.SelectMany(ends => ends).ToDictionary(end => end.Name, end => (object?)end.Value);

    public static CelType Members { get; } = CelType.Members(Root, Ends.SelectMany(ends => ends.Value.Select(end => (end.Name, Type: ends.Key == CelType.AnyList ? CelType.List(CelType.Int) : ends.Key)))
        .ToDictionary(member => member.Name, member => member.Type));

    public string Of(CelType type, int depth)
    {
        if (_random.Next(100) < mistakes)
            type = Types[_random.Next(Types.Count)];
        if (depth == 0 || _random.Next(8) == 0)
            return End(type);
        if (_random.Next(10) == 0 && !Mistakes)
            return $"({Of(CelType.Bool, depth - 1)} ? {Of(type, depth - 1)} : {Of(type, depth - 1)})";
        return type == CelType.Bool ? Truth(depth - 1)
            : type == CelType.String ? Text(depth - 1)
            : type == CelType.AnyList ? List(depth - 1)
            : type == CelType.Timestamp ? $"({Of(type, depth - 1)} {Pick("+", "-")} {Of(CelType.Duration, depth - 1)})"
            : type == CelType.Duration ? Pick($"({Of(type, depth - 1)} + {Of(type, depth - 1)})", $"({Of(CelType.Timestamp, depth - 1)} - {Of(CelType.Timestamp, depth - 1)})", $"(-{Of(type, depth - 1)})")
            : type == CelType.Decimal ? $"({Of(type, depth - 1)} {Pick("+", "-", "*")} {Of(Pick(CelType.Decimal, CelType.Int), depth - 1)})"
            : Number(type, depth - 1);
    }

    private string Truth(int depth)
    {
        var type = Types[_random.Next(Types.Count)];
        return _random.Next(7) switch
        {
            0 => $"!{Of(CelType.Bool, depth)}",
            1 => $"({Of(CelType.Bool, depth)} && {Of(CelType.Bool, depth)})",
            2 => $"({Of(CelType.Bool, depth)} || {Of(CelType.Bool, depth)})",
            3 => $"({Of(type, depth)} {Pick("==", "!=")} {Of(type, depth)})",
            4 when type != CelType.AnyList => $"({Of(type, depth)} {Pick("<", "<=", ">", ">=")} {Of(type, depth)})",
            5 => $"{Of(CelType.String, depth)}.{Pick("startsWith", "endsWith", "contains")}({Of(CelType.String, depth)})",
            _ => Over(CelType.AnyList, depth, (list, item) => $"{list}.{Pick("all", "exists", "exists_one")}({item}, {item} {Pick("<", "==", "!=")} {Of(CelType.Int, depth)})"),
        };
    }

    private string Number(CelType type, int depth) => _random.Next(4) switch
    {
        0 when type == CelType.Int => $"size({Of(Pick(CelType.AnyList, CelType.String), depth)})",
        0 => $"double({Of(CelType.Int, depth)})",
        1 => $"(-{Of(type, depth)})",
        _ => $"({Of(type, depth)} {Pick("+", "-", "*", "/")} {Of(type, depth)})",
    };

    private string Text(int depth) => Pick($"({Of(CelType.String, depth)} + {Of(CelType.String, depth)})", $"string({Of(Pick(CelType.Int, CelType.Bool, CelType.Decimal, CelType.Timestamp), depth)})");

    private string List(int depth) => _random.Next(Mistakes ? 2 : 4) switch
    {
        0 => Over(CelType.AnyList, depth, (list, item) => $"{list}.map({item}, {item} {Pick("+", "-")} {Of(CelType.Int, depth)})"),
        1 => Over(CelType.AnyList, depth, (list, item) => $"{list}.filter({item}, {item} > {Of(CelType.Int, depth)})"),
        2 => $"[{Of(CelType.Int, depth)}, {Of(CelType.Int, depth)}]",
        _ => $"({Of(CelType.AnyList, depth)} + {Of(CelType.AnyList, depth)})",
    };

    private string Over(CelType type, int depth, Func<string, string, string> write)
    {
        var range = Of(type, depth);
        return write(range, $"x{_locals++}");
    }

    private string End(CelType type)
    {
        var end = Pick(Ends[type]);
        return !written ? $"{Root}.{end.Name}" : end.Written[0] == '-' ? $"({end.Written})" : end.Written;
    }

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];
}
