using System.Globalization;
using CentralPay.Workflows.Designer.Settings;
using CentralPay.Workflows.Engine.Plugins;

namespace CentralPay.Workflows.Designer.Tests.Settings;

/// <summary>What an integrator reads about activities of their own.</summary>
public sealed class PluginSentenceTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    [Theory]
    [InlineData("en", "a case whose step ends with an outcome that is not drawn becomes an incident")]
    [InlineData("fr", "un dossier dont l’étape se termine par une issue qui n’est pas dessinée devient un incident")]
    public void Cases_whose_outcome_is_gone_are_told_to_become_incidents(string language, string said)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        Assert.Contains(said, PluginSentence.Of(new StrandedWait("dunning", "Dunning", 2, "ask", "Ask", "Acme.Ask", StrandedKind.OutcomeIsGone, "Answered", 3)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/srv/customers/acme/server/plugins", "…/server/plugins")]
    [InlineData(@"C:\CentralPay\plugins", "…/CentralPay/plugins")]
    [InlineData("/plugins", "/plugins")]
    public void The_folder_is_named_without_the_servers_own_path(string path, string shown) => Assert.Equal(shown, PluginSentence.FolderName(path));

    public void Dispose() => CultureInfo.CurrentUICulture = before;
}
