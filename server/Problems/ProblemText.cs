using System.Globalization;
using System.Resources;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Server.Problems;

/// <summary>Puts problems and broken rules into the caller's language. A rule has the same words here as on the pages.</summary>
internal static class ProblemText
{
    private static readonly ResourceManager Problems = new("CentralPay.Workflows.Server.Problems.ProblemWords", typeof(ProblemText).Assembly);
    private static readonly IRuleWords Rules = new RuleWords();
    private static readonly PhraseLocalizer Phrases = new();

    public static string Of(string name, params object[] values) =>
        string.Format(CultureInfo.CurrentCulture, Problems.GetString(name, CultureInfo.CurrentUICulture) ?? name, values);

    public static string Of(RuleViolation violation) => Rules.Say(violation);

    public static string Of(DefinitionProblem problem) => Phrases.Problem(problem);
}
