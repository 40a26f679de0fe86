using System.Globalization;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>Says what is wrong with a scenario, where, and what was probably meant.</summary>
public static class ProblemWords
{
    private const int MostArguments = 3;

    /// <summary>Which arguments of a problem are types of expressions, which people know by other words.</summary>
    private static readonly Dictionary<string, int[]> TypesOf = new()
    {
        [ProblemCodes.Member] = [2],
        [ProblemCodes.Shape] = [2],
        [ProblemCodes.NoMember] = [1],
        [ProblemCodes.NoItem] = [0, 1],
        [ProblemCodes.NoKey] = [0],
        [ProblemCodes.NoOverload] = [1, 2],
        [ProblemCodes.NoOperand] = [1],
        [ProblemCodes.NeverEqual] = [0, 1],
        [ProblemCodes.Argument] = [1, 2],
        [ProblemCodes.NotBoolean] = [1],
        [ProblemCodes.NotAList] = [1],
        [ProblemCodes.Result] = [0, 1],
    };

    /// <summary>The sentence for a problem.</summary>
    public static string Problem(this IStringLocalizer<Phrases> say, DefinitionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(say);
        ArgumentNullException.ThrowIfNull(problem);
        var text = say.Code("problem", problem.Code, problem.Code + " {0}");
        var types = TypesOf.GetValueOrDefault(problem.Code, []);
        var arguments = new object?[MostArguments];
        for (var place = 0; place < Math.Min(arguments.Length, problem.Arguments.Count); place++)
        {
            arguments[place] = types.Contains(place) ? say.Kind(problem.Arguments[place]) : problem.Arguments[place];
        }

        var sentence = string.Format(CultureInfo.CurrentCulture, text, arguments).Trim();
        if (problem.Place is { } at)
        {
            sentence += " " + say["problem.place", at.Line, at.Column];
        }

        return problem.Suggestion is { } meant ? $"{sentence} {say["problem.suggestion", meant]}" : sentence;
    }

    internal static CanvasSeverity Severity(this DefinitionProblem problem) => problem.Severity switch
    {
        ProblemSeverity.Error => CanvasSeverity.Error,
        ProblemSeverity.Warning => CanvasSeverity.Warning,
        _ => CanvasSeverity.Info,
    };

    /// <summary>"a text or an instant": a type of expressions, or several of which one is meant.</summary>
    private static string Kind(this IStringLocalizer<Phrases> say, string type) =>
        type.Split('|').Select(one => say.Code("kind", one)).Aggregate((one, other) => say["kind.or", one, other]);
}
