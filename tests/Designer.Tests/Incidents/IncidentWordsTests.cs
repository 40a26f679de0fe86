using System.Globalization;
using System.Reflection;
using CentralPay.Workflows.Designer.Incidents;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Tests.Incidents;

/// <summary>How causes of incidents read.</summary>
public sealed class IncidentWordsTests
{
    private static readonly IStringLocalizer<Phrases> Say = new PhraseLocalizer();

    public static TheoryData<string> Causes { get; } =
        [.. typeof(FaultCauses).GetFields(BindingFlags.Public | BindingFlags.Static).Select(cause => (string)cause.GetRawConstantValue()!).Where(cause => cause != FaultCauses.Fault)];

    [Theory]
    [MemberData(nameof(Causes))]
    public void Every_cause_that_the_engine_names_is_worded_in_both_languages(string cause)
    {
        var words = new[] { In("en", IncidentKind.Data, cause), In("fr", IncidentKind.Data, cause) };

        Assert.DoesNotContain("its own message", words);
        Assert.NotEqual(words[0], words[1]);
    }

    [Theory]
    [InlineData(IncidentKind.Bug, "NullReferenceException", "Un défaut du produit ou d’une extension")]
    [InlineData(IncidentKind.Outside, "SocketException", "Un service extérieur n’a pas pu être joint")]
    [InlineData(IncidentKind.Configuration, "UnknownActivity:Acme.Ship", "L’activité d’une étape n’est pas installée ici")]
    [InlineData(IncidentKind.Outside, "sms.unknown", "On ne sait pas si un SMS est parti")]
    [InlineData(IncidentKind.Outside, "carrier-refused", "its own message")]
    [InlineData(IncidentKind.Data, FaultCauses.Fault, "its own message")]
    [InlineData(IncidentKind.Data, "credit-limit", "its own message")]
    public void What_nobody_worded_says_whose_matter_it_is_and_a_code_of_the_drawing_its_message(IncidentKind kind, string cause, string words) =>
        Assert.Equal(words, In("fr", kind, cause));

    [Fact]
    public void A_setting_is_called_as_its_form_calls_it()
    {
        var registry = new ActivityRegistry().Add<Delay>();
        var incident = new Incident { Id = Guid.CreateVersion7(), TenantId = Guid.Empty, NodeId = "wait", Kind = IncidentKind.Data, Cause = FaultCauses.InputHasNoValue, Message = "The input \"timeSpan\" of the step \"wait\" has no value: It is empty.", At = default };

        var detail = Say.Detail(incident, "Wait a week", registry.Describe("Elsa.Delay", CultureInfo.GetCultureInfo("en")));

        Assert.Contains("Time span", detail, StringComparison.Ordinal);
        Assert.Contains("Wait a week", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("timeSpan", detail, StringComparison.Ordinal);
    }

    private static string In(string language, IncidentKind kind, string cause)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return Say.Cause(new Incident { Id = Guid.CreateVersion7(), TenantId = Guid.Empty, Kind = kind, Cause = cause, Message = "its own message", At = default });
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
