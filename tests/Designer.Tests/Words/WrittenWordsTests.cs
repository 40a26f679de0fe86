using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Tests.Words;

/// <summary>What was written down in English is read in the reader's language.</summary>
public sealed partial class WrittenWordsTests
{
    private static readonly IStringLocalizer<Phrases> Say = new PhraseLocalizer();

    [Theory]
    [InlineData("The scenario version v-7 does not exist.", "La version v-7 du scénario n’existe pas.")]
    [InlineData("The scenario version v-7 that a case was to run on does not exist.", "La version v-7 du scénario, qu’un dossier devait suivre, n’existe pas.")]
    [InlineData("The gateway answered 503.", "La passerelle a répondu 503.")]
    [InlineData("The gateway refused: amount: too much.", "La passerelle a refusé\u00A0: «\u00A0amount: too much.\u00A0»")]
    [InlineData("Moved from version 1 to version 2 by Camille Roy: Une étape: la relance.", "Passé de la version 1 à la version 2 par Camille Roy\u00A0: Une étape: la relance.")]
    [InlineData("Connection refused (gateway.example:443)", "«\u00A0Connection refused (gateway.example:443)\u00A0»")]
    public void A_sentence_of_ours_is_said_in_French_and_what_others_said_stands_in_quotation_marks(string written, string read) => Assert.Equal(read, In("fr", () => Say.Told(written)));

    [Fact]
    public void Every_sentence_that_stops_a_case_or_a_delivery_is_known_in_both_languages()
    {
        var sentences = Sources().SelectMany(SentencesOf).ToList();

        Assert.InRange(sentences.Count, 35, 200);
        Assert.DoesNotContain(sentences, sentence => Say.Written(sentence) is null);
        Assert.All(sentences, sentence => Assert.Equal(sentence, In("en", () => Say.Written(sentence))));
        Assert.All(sentences, sentence => Assert.NotEqual(sentence, In("fr", () => Say.Written(sentence))));
    }

    [Theory]
    [InlineData("MissingCallback", "The step \"wait-1\" waits to go on at the method PaidAsync, which Acme.Wait no longer has.", "L’étape «\u00A0Attendre le paiement\u00A0» doit continuer à la méthode PaidAsync, que Acme.Wait n’a plus.")]
    [InlineData("email.givenup", "F-2026-1: 550 no such mailbox", "«\u00A0F-2026-1: 550 no such mailbox\u00A0»")]
    [InlineData("gateway.create-request.givenup", "F-2026-1: The gateway answered 500.", "F-2026-1\u00A0: La passerelle a répondu 500.")]
    [InlineData("NullReferenceException", "Object reference not set to an instance of an object.", "«\u00A0Object reference not set to an instance of an object.\u00A0»")]
    [InlineData("credit-limit", "Plafond dépassé", null)]
    public void A_problem_says_in_French_what_happened_and_marks_what_others_said(string cause, string message, string? detail) =>
        Assert.Equal(detail, In("fr", () => Designer.Incidents.IncidentWords.Detail(Say, Problem(cause, message), "Attendre le paiement")));

    [Fact]
    public void A_rule_that_stopped_a_case_is_named_by_its_words() =>
        Assert.Equal(In("fr", () => Say["rule.invoice-unknown"].Value), In("fr", () => Designer.Incidents.IncidentWords.Cause(Say, Problem("invoice-unknown", "Refused: invoiceId invoice-unknown."))));

    private static Incident Problem(string cause, string message) =>
        new() { Id = Guid.CreateVersion7(), TenantId = Guid.Empty, Kind = IncidentKind.Bug, NodeId = "wait-1", Cause = cause, Message = message, At = default };

    private static IEnumerable<string> Sources()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "CentralPay.Workflows.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return new[] { "engine/Execution", "engine/Runtime", "engine/Compilation", "engine/Activities", "server/Gateway", "server/Webhooks", "server/Sms" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root.FullName, folder), "*.cs", SearchOption.AllDirectories))
            .Append(Path.Combine(root.FullName, "server/Outbox/MessageHandler.cs")).Select(File.ReadAllText);
    }

    private static IEnumerable<string> SentencesOf(string source) => Beginning().Matches(source).Select(begins => SentenceAt(source, begins.Index + begins.Length)).Where(sentence => sentence.Contains(' ', StringComparison.Ordinal));

    /// <summary>A text of the source with something in each of its places.</summary>
    private static string SentenceAt(string source, int at)
    {
        var read = new StringBuilder();
        for (var (depth, i) = (0, at); depth > 0 || source[i] != '"'; i++)
        {
            switch (source[i])
            {
                case '{':
                    read.Append(depth++ == 0 ? "\"x\"" : "");
                    break;
                case '}':
                    depth--;
                    break;
                case '\\' when depth == 0:
                    read.Append(source[++i]);
                    break;
                case var letter when depth == 0:
                    read.Append(letter);
                    break;
            }
        }

        return read.ToString();
    }

    private static T In<T>(string language, Func<T> read)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return read();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [GeneratedRegex("""(?:FaultCauses\.\w+(?:\}:\{Type\}")?,\s*|new BurstBudgetException\([\w.]+, |Error = |default, )\$?["]""")]
    private static partial Regex Beginning();
}
