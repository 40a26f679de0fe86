using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Server.Tests.Plugins;

/// <summary>The whole server with plugins in its folder: one that works, with a service of its own, and broken ones.</summary>
public sealed class PluginHouseTests : IAsyncLifetime, IDisposable
{
    private const string Acme = """
        public sealed class Rates(TimeProvider clock, string latest) { public string At => $"{latest} on {clock.GetUtcNow():yyyy-MM-dd}"; }
        public sealed class Registration : IPluginServices
        {
            public void Add(IServiceCollection services, IConfiguration settings) => services.AddSingleton(provider => new Rates(provider.GetRequiredService<TimeProvider>(), settings["Latest"]));
        }
        [Activity("Acme", "Rates", "Note the rate of the day.", DisplayName = "Note the rate")]
        public sealed class NoteRate : CodeActivity
        {
            protected override void Execute(ActivityExecutionContext context) => context.AddExecutionLogEntry("Rate", context.GetRequiredService<Rates>().At);
        }
        """;

    private readonly PluginWorkshop workshop = new();
    private readonly House house;

    public PluginHouseTests() => house = new House { MoreSettings = [$"--Plugins:Folder={workshop.Folder}", "--Plugins:Acme:Latest=1.0842"] };

    public Task InitializeAsync()
    {
        workshop.Put("Acme.dll", Acme, [("Acme.Words.fr.json", """{"Acme.NoteRate.DisplayName":"Noter le taux"}""")]);
        workshop.PutText("Broken.dll", "no library");
        return house.InitializeAsync();
    }

    [Fact]
    public async Task The_server_starts_runs_the_activity_and_tells_of_the_broken_one()
    {
        var plugins = (await house.GetAsync("/api/v1/plugins")).GetProperty("data");
        var (acme, broken) = (plugins[0], plugins[1]);
        Assert.Equal(("Acme.dll", "Acme", 0), (acme.GetProperty("file").GetString(), acme.GetProperty("name").GetString(), acme.GetProperty("problems").GetArrayLength()));
        Assert.Equal("Acme.NoteRate", acme.GetProperty("activities")[0].GetProperty("type").GetString());
        Assert.Equal("no_library", broken.GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.StartsWith("Broken.dll is no .NET library.", broken.GetProperty("problems")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("Degraded", await house.Nobody.GetStringAsync("/health/ready"));

        Assert.Equal("Noter le taux", house.Services.GetRequiredService<ActivityRegistry>().Describe("Acme.NoteRate", CultureInfo.GetCultureInfo("fr-FR"))!.DisplayName);

        await PublishAsync();
        await RunAsync();
        var cases = (await house.GetAsync("/api/v1/cases?scenario=rates")).GetProperty("data");
        var details = await house.GetAsync($"/api/v1/cases/{cases[0].GetProperty("id").GetGuid()}");
        Assert.Contains($"1.0842 on {house.Now:yyyy-MM-dd}", details.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_may_connect_machines_sees_plugins_and_in_their_own_language()
    {
        using var reader = house.WithKey(await house.IssueKeyAsync(house.MerchantId, [Permissions.Read]));
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync("/api/v1/plugins")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync("/api/v1/plugins/stranded-cases")).StatusCode);

        using var french = new HttpRequestMessage(HttpMethod.Get, "/api/v1/plugins");
        french.Headers.AcceptLanguage.ParseAdd("fr");
        var told = await (await house.Api.SendAsync(french)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains("n’est pas une bibliothèque .NET", told.GetProperty("data")[1].GetProperty("problems")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private async Task PublishAsync()
    {
        var definition = JsonSerializer.Deserialize<JsonElement>("""
            {"definitionId":"rates","name":"Rates","root":{"id":"flow","type":"Elsa.Flowchart","activities":[
              {"id":"start","type":"Elsa.Event","eventName":{"typeName":"String","expression":{"type":"Literal","value":"rates.due"}},"customProperties":{"canStartWorkflow":true}},
              {"id":"note","type":"Acme.NoteRate"}],
             "connections":[{"source":{"activity":"start","port":"Done"},"target":{"activity":"note","port":"In"}}]}}
            """);
        var saved = await house.Api.PutAsJsonAsync("/api/v1/scenarios/rates/draft", new { revision = 0, definition });
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        var draft = await saved.Content.ReadFromJsonAsync<JsonElement>();
        var published = await house.Api.PostAsJsonAsync("/api/v1/scenarios/rates/publish", new { revision = draft.GetProperty("revision").GetInt64(), note = "First." });
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());
    }

    private async Task RunAsync()
    {
        await using (var scope = house.Open())
        {
            var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
            work.Append(new StimulusRaised(Event.Published("rates.due")));
            await work.CommitAsync();
        }

        await house.SettleAsync();
    }

    public Task DisposeAsync() => house.DisposeAsync();

    public void Dispose() => workshop.Dispose();
}
