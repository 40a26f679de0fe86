using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Migration;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.CaseMoves;

/// <summary>Why a case stays on its version, in the reader's language.</summary>
internal static class HindranceWords
{
    /// <param name="say">The words.</param>
    /// <param name="why">The reason.</param>
    /// <param name="titleOf">What a step is called.</param>
    public static string Hindrance(this IStringLocalizer<Phrases> say, Hindrance why, Func<string, string> titleOf)
    {
        var about = why switch
        {
            { About: null } => null,
            { Kind: HindranceKind.Failed } => say.Told(why.About),
            { Kind: HindranceKind.VariableDoesNotFit or HindranceKind.StateTooLarge } => why.About,
            _ => titleOf(why.About),
        };
        return say[$"migration.why.{why.Kind}", about ?? ""];
    }
}
