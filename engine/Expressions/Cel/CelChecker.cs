using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>Something in an expression that cannot be right, found before it was ever evaluated.</summary>
/// <param name="Code">What it is (<see cref="ProblemCodes"/>).</param>
/// <param name="Position">Where it stands; characters count from 1.</param>
/// <param name="Arguments">What the code's text names.</param>
internal sealed record CelFinding(string Code, int Position, IReadOnlyList<string> Arguments)
{
    /// <summary>What was probably meant; null for nothing.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Whether it may still be right.</summary>
    public bool IsDoubt { get; init; }
}

/// <summary>Goes through an expression with the types of all it can name. What is not known before a case runs is left to the case.</summary>
internal sealed class CelChecker(ExpressionTypes types)
{
    private const int MostFindings = 20;
    private readonly Dictionary<CelLocal, CelType> _locals = [];
    private readonly List<CelFinding> _findings = [];

    public ExpressionTypes Types => types;

    public IReadOnlyList<CelFinding> Findings => _findings;

    public void Report(string code, int position, params IReadOnlyList<string> arguments) => Report(new CelFinding(code, position, arguments));

    public void Report(CelFinding finding)
    {
        if (_findings.Count < MostFindings)
            _findings.Add(finding);
    }

    /// <summary>Gives the item of a macro its type, for the parts inside.</summary>
    public void Declare(CelLocal local, CelType type) => _locals[local] = type;

    public CelType Local(CelLocal local) => _locals.GetValueOrDefault(local, CelType.Dyn);

    /// <summary>The type of a value of the host.</summary>
    public CelType Root(string name, int position)
    {
        if (types.Root(name) is { } type)
            return type;
        Report(new CelFinding(ProblemCodes.UnknownName, position, [name]) { Suggestion = NearName.Of(name, types.Names) });
        return CelType.Dyn;
    }

    /// <summary>The type of a member of a value.</summary>
    public CelType Member(CelType type, string member, int position)
    {
        var results = type.Options.Select(option => MemberOf(option, member)).OfType<CelType>().ToArray();
        if (results.Length > 0)
        {
            if (type is CelMembers { IsOpen: true } open && !open.Known.ContainsKey(member) && NearName.Of(member, open.Known.Keys) is { } near)
                Report(new CelFinding(ProblemCodes.UnknownMember, position, [open.Owner, member]) { Suggestion = near, IsDoubt = true });
            return CelType.OneOf(results);
        }

        if (type.Options.OfType<CelMembers>().FirstOrDefault() is { } owner)
            Report(new CelFinding(ProblemCodes.UnknownMember, position, [owner.Owner, member]) { Suggestion = NearName.Of(member, owner.Known.Keys) });
        else
            Report(ProblemCodes.NoMember, position, member, type.Name);
        return CelType.Dyn;
    }

    private static CelType? MemberOf(CelType type, string member) => type switch
    {
        CelMembers members => members.Known.TryGetValue(member, out var known) ? known : members.IsOpen ? CelType.Dyn : null,
        CelMapType map => map.Key.Fits(CelType.String) ? map.Value : null,
        _ => type.IsDyn ? type : null,
    };
}
