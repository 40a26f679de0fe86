using System.Globalization;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>Says what is wrong with a scenario, and what to do.</summary>
internal static class ProblemWords
{
    public static string Problem(this IStringLocalizer<Phrases> say, DefinitionProblem problem)
    {
        var text = say.Code("problem", problem.Code, problem.Code + " {0}");
        var arguments = new object?[3];
        for (var place = 0; place < Math.Min(arguments.Length, problem.Arguments.Count); place++)
        {
            arguments[place] = problem.Arguments[place];
        }

        return string.Format(CultureInfo.CurrentCulture, text, arguments).Trim();
    }

    public static CanvasSeverity Severity(this DefinitionProblem problem) => problem.Severity switch
    {
        ProblemSeverity.Error => CanvasSeverity.Error,
        ProblemSeverity.Warning => CanvasSeverity.Warning,
        _ => CanvasSeverity.Info,
    };
}
