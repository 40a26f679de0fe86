using System.Globalization;
using CentralPay.Workflows.Designer.Settings;
using CentralPay.Workflows.Engine.Plugins;
using CentralPay.Workflows.Server.Plugins;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Server.Tests.Plugins;

/// <summary>What a plugin may add to the services of the house, and what not.</summary>
public sealed class PluginServicesTests : IDisposable
{
    private const string Activity = """
        public interface IRates { string Latest { get; } }
        public sealed class Rates(string latest) : IRates { public string Latest => latest; }
        [Activity("Acme", "Rates")] public sealed class Rate : CodeActivity { protected override void Execute(ActivityExecutionContext context) => context.SetVariable("rate", context.GetRequiredService<IRates>().Latest); }

        """;

    private readonly PluginWorkshop workshop = new();
    private readonly ServiceCollection house = [];

    public PluginServicesTests() => house.AddSingleton(TimeProvider.System);

    [Fact]
    public void A_plugin_registers_services_of_its_own_from_its_own_settings()
    {
        Assert.Empty(Problems("services.AddSingleton<IRates>(new Rates(settings[\"Latest\"]));"));

        var rates = Assert.Single(house, service => service.ServiceType.Name == "IRates");
        Assert.Equal("1.2", rates.ServiceType.GetProperty("Latest")!.GetValue(rates.ImplementationInstance));
    }

    [Theory]
    [InlineData("throw new InvalidOperationException(\"No key was set.\");", PluginProblemKind.ServicesRefused, "No key was set.")]
    [InlineData("services.AddSingleton(TimeProvider.System);", PluginProblemKind.ServiceReplaced, "System.TimeProvider")]
    [InlineData("services.Clear();", PluginProblemKind.ServiceTakenAway, "System.TimeProvider")]
    [InlineData("services.AddSingleton<Microsoft.Extensions.Hosting.IHostedService>(_ => null);", PluginProblemKind.ServiceStartsWithHost, "Microsoft.Extensions.Hosting.IHostedService")]
    [InlineData("services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter>(_ => null);", PluginProblemKind.ServiceStartsWithHost, "Microsoft.AspNetCore.Hosting.IStartupFilter")]
    [InlineData("services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(_ => null);", PluginProblemKind.ServiceStartsWithHost, "Microsoft.Extensions.Logging.ILoggerProvider")]
    [InlineData("services.AddOptions<Uri[]>().Validate(_ => false).ValidateOnStart();", PluginProblemKind.ServiceStartsWithHost, "Microsoft.Extensions.Options.IStartupValidator")]
    public void What_would_harm_the_house_is_refused_with_the_reason_and_nothing_of_it_stays(string registration, PluginProblemKind kind, string reason)
    {
        var problem = Assert.Single(Problems("services.AddSingleton<IRates>(new Rates(\"\"));" + registration));

        Assert.Equal((kind, "Registration", reason), (problem.Kind, problem.Subject, problem.Detail));
        Assert.Equal(typeof(TimeProvider), Assert.Single(house).ServiceType);
    }

    [Fact]
    public void Options_validated_at_the_start_are_refused_also_where_the_house_validates_its_own()
    {
        house.AddOptions<List<int>>().ValidateOnStart();

        Assert.Equal(PluginProblemKind.ServiceStartsWithHost, Assert.Single(Problems("services.AddOptions<Uri[]>().Validate(_ => false).ValidateOnStart();")).Kind);
    }

    [Fact]
    public void A_plugin_of_which_one_registration_is_refused_leaves_no_service_of_another_in_the_house()
    {
        workshop.Put("Acme.dll", Activity + """
            public sealed class First : IPluginServices { public void Add(IServiceCollection services, IConfiguration settings) => services.AddSingleton<IRates>(new Rates("")); }
            public sealed class Second : IPluginServices { public void Add(IServiceCollection services, IConfiguration settings) => throw new InvalidOperationException("No key was set."); }
            """);
        var plugin = Assert.Single(workshop.Find());

        PluginRegistrars.Add(plugin, house, new ConfigurationBuilder().Build());

        Assert.Equal("Second", Assert.Single(plugin.Problems).Subject);
        Assert.Equal(typeof(TimeProvider), Assert.Single(house).ServiceType);
    }

    [Theory]
    [InlineData("fr", "car Registration remplace System.TimeProvider, qui appartient au serveur")]
    [InlineData("en", "for Registration replaces System.TimeProvider, which is the server's")]
    public void Why_services_were_refused_is_told_in_the_readers_language(string language, string words)
    {
        var problem = Assert.Single(Problems("services.AddSingleton(TimeProvider.System);"));
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            Assert.Contains(words, PluginSentence.Of(problem), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void A_service_that_needs_what_nobody_gives_is_refused()
    {
        var problem = Assert.Single(Problems("services.AddSingleton<IRates, Rates>();"));

        Assert.Equal(PluginProblemKind.ServicesRefused, problem.Kind);
        Assert.Contains("Unable to resolve service for type 'System.String'", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_in_another_language_stand_in_its_own_library()
    {
        workshop.Put("Acme.dll", Activity, [("Acme.Words.fr.json", """{"Acme.Rate.DisplayName":"Taux"}"""), ("Acme.Words.de.json", "no JSON")]);

        var plugin = Assert.Single(workshop.Find());

        Assert.Equal("Taux", plugin.Texts.Find("Acme.Rate.DisplayName", CultureInfo.GetCultureInfo("fr-FR")));
        Assert.Null(plugin.Texts.Find("Acme.Rate.DisplayName", CultureInfo.GetCultureInfo("en-GB")));
        Assert.Equal((PluginProblemKind.WordsUnreadable, "Acme.Words.de.json"), Assert.Single(plugin.Problems.Select(problem => (problem.Kind, problem.Subject))));
        Assert.Single(plugin.Activities);
    }

    /// <summary>Registers the services of a plugin whose registration does what is given; a plugin that is refused has no activities left.</summary>
    private IReadOnlyList<PluginProblem> Problems(string registration)
    {
        workshop.Put("Acme.dll", Activity + $$"""public sealed class Registration : IPluginServices { public void Add(IServiceCollection services, IConfiguration settings) { {{registration}} } }""");
        var plugin = Assert.Single(workshop.Find());
        PluginRegistrars.Add(plugin, house, new ConfigurationBuilder().AddInMemoryCollection([new("Plugins:Acme:Latest", "1.2")]).Build());
        Assert.Equal(plugin.Problems.Count > 0, plugin.Activities.Count == 0);
        return plugin.Problems;
    }

    public void Dispose() => workshop.Dispose();
}
