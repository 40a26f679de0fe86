using System.Globalization;
using System.Resources;
using System.Text;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Server.Problems;

/// <summary>Puts problems and broken rules into the caller's language.</summary>
internal static class ProblemText
{
    private static readonly ResourceManager Problems = new("CentralPay.Workflows.Server.Problems.ProblemWords", typeof(ProblemText).Assembly);
    private static readonly ResourceManager Rules = new("CentralPay.Workflows.Server.Problems.RuleWords", typeof(ProblemText).Assembly);

    public static string Of(string name, params object[] values) =>
        string.Format(CultureInfo.CurrentCulture, Problems.GetString(name, CultureInfo.CurrentUICulture) ?? name, values);

    public static string Of(RuleViolation violation) => OfRule(violation.Code, violation.Arguments);

    public static string OfRule(string code, IReadOnlyDictionary<string, string> arguments)
    {
        var text = new StringBuilder(Rules.GetString(code, CultureInfo.CurrentUICulture) ?? code);
        foreach (var (name, value) in arguments)
        {
            text.Replace($"{{{name}}}", value);
        }

        return text.ToString();
    }

    /// <summary>Whether a rule has a text of its own in a language.</summary>
    public static bool HasRule(string code, CultureInfo culture) => Rules.GetResourceSet(culture, createIfNotExists: true, tryParents: false)?.GetString(code) is not null;
}
