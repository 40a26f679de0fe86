using System.Globalization;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Tests.Drawing;

/// <summary>How problems of expressions read.</summary>
public sealed class ProblemWordsTests
{
    private static readonly IStringLocalizer<Phrases> Say = new PhraseLocalizer();

    [Theory]
    [InlineData("en", "“invoice” has no “ammount”. (line 2, column 9) Did you mean “amount”?")]
    [InlineData("fr", "«\u00A0invoice\u00A0» n’a pas de «\u00A0ammount\u00A0». (ligne 2, colonne 9) Vouliez-vous dire «\u00A0amount\u00A0»\u202F?")]
    public void A_wrong_name_is_told_with_its_place_and_what_was_meant(string language, string sentence)
    {
        var problem = new DefinitionProblem(ProblemSeverity.Error, ProblemCodes.UnknownMember, "decide", "condition", ["invoice", "ammount"]) { Place = new TextPlace(2, 9), Suggestion = "amount" };

        Assert.Equal(sentence, In(language, problem));
    }

    [Theory]
    [InlineData("en", "“daysBetween” takes a text or an instant, not an amount of money. (line 1, column 13)")]
    [InlineData("fr", "«\u00A0daysBetween\u00A0» prend un texte ou un instant, pas un montant. (ligne 1, colonne 13)")]
    public void Types_are_named_as_people_know_them_and_functions_as_they_are_written(string language, string sentence)
    {
        var problem = new DefinitionProblem(ProblemSeverity.Error, ProblemCodes.Argument, "decide", "condition", ["daysBetween", "string|google.protobuf.Timestamp", "money"]) { Place = new TextPlace(1, 13) };

        Assert.Equal(sentence, In(language, problem));
    }

    [Theory]
    [InlineData("en", "“connections” is {\"a\":1}. What is needed there is a list.")]
    [InlineData("fr", "«\u00A0connections\u00A0» vaut {\"a\":1}. Il faut là une liste.")]
    public void A_member_of_another_kind_is_told_with_what_is_there_and_what_is_needed(string language, string sentence) =>
        Assert.Equal(sentence, In(language, new DefinitionProblem(ProblemSeverity.Error, ProblemCodes.Member, "flow", "connections", ["connections", "{\"a\":1}", "list"])));

    private static string In(string language, DefinitionProblem problem)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return Say.Problem(problem);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
