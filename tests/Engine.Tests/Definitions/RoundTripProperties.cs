using System.Text.Json;
using CentralPay.Workflows.Engine.Definitions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Tests.Definitions;

/// <summary>What another tool wrote leaves as it came: nothing lost, nothing added, nothing spelled otherwise.</summary>
public sealed class RoundTripProperties
{
    // Which row of this library it is: the library's to say. All else is the author's.
    private static readonly string[] Stamped = ["id", "definitionId", "version", "isLatest", "isPublished"];
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(20260302, 7);

    [Fact]
    public void A_definition_is_written_as_it_was_read_to_the_digit() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var json = new RandomDefinition(new Random(seed)).Json();
            Assert.Equal(Canonical(json), Canonical(ScenarioWriter.Write(ScenarioReader.Read(json), indented: true)));
        }).Check(Seeded.WithMaxTest(500));

    [Fact]
    public void An_import_is_exported_as_it_came_but_for_what_says_which_version_it_is() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => ImportAndExportAsync(new RandomDefinition(new Random(seed)).Json()).GetAwaiter().GetResult())
            .Check(Seeded.WithMaxTest(60));

    [Fact]
    public void Whoever_changes_one_thing_changes_nothing_else() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var json = new RandomDefinition(new Random(seed)).Json();
            var before = ScenarioReader.Read(json);
            var renamed = before with { Name = "Another name", Root = before.Root with { Version = before.Root.Version + 1 } };
            var back = ScenarioReader.Read(ScenarioWriter.Write(renamed));
            Assert.Equal(
                (renamed.Name, renamed.Root.Version, Canonical(json, "name", "root")),
                (back.Name, back.Root.Version, Canonical(ScenarioWriter.Write(renamed), "name", "root")));
        }).Check(Seeded.WithMaxTest(200));

    [Theory]
    [InlineData("""{"root":{"id":"a","type":"b"},"x":{"y":1,"y":2}}""")]
    [InlineData("""{"root":{"id":"a","type":"b","s":1,"s":2}}""")]
    public void A_member_that_stands_there_twice_is_refused_rather_than_lost(string json) =>
        Assert.Contains("uplicate", Assert.Throws<ScenarioFormatException>(() => ScenarioReader.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_that_is_no_text_is_refused_when_it_is_read() =>
        Assert.Contains("half a character", Assert.Throws<ScenarioFormatException>(() => ScenarioReader.Read("""{"x":["\ud800"],"root":{"id":"a","type":"b"}}""")).Message, StringComparison.Ordinal);

    private static async Task ImportAndExportAsync(string json)
    {
        await using var house = new House();
        var (exported, draft) = await house.InTenantAsync(async services =>
        {
            var library = services.GetRequiredService<ScenarioLibrary>();
            var taken = await library.ImportAsync(json, "anna");
            return (await library.ExportAsync(taken.DefinitionId), taken);
        });

        Assert.Equal(Canonical(json, Stamped), Canonical(exported, Stamped));
        using var written = JsonDocument.Parse(exported);
        using var came = JsonDocument.Parse(json);
        Assert.Equal(draft.Id, written.RootElement.GetProperty("id").GetString());
        Assert.Equal(came.RootElement.TryGetProperty("definitionId", out var own) ? own.GetString() : draft.DefinitionId, written.RootElement.GetProperty("definitionId").GetString());
        Assert.Equal((1, true, false), (
            written.RootElement.TryGetProperty("version", out var version) && version.ValueKind != JsonValueKind.Null ? version.GetInt32() : 1,
            written.RootElement.GetProperty("isLatest").GetBoolean(),
            written.RootElement.TryGetProperty("isPublished", out var published) && published.ValueKind == JsonValueKind.True));
    }

    /// <summary>A JSON text with its members in order of name; numbers as they were typed.</summary>
    private static string Canonical(string json, params string[] without)
    {
        using var document = JsonDocument.Parse(json);
        return Canonical(document.RootElement, without);
    }

    private static string Canonical(JsonElement json, string[] without) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", json.EnumerateObject().Where(member => !without.Contains(member.Name)).OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{JsonSerializer.Serialize(member.Name)}:{Canonical(member.Value, [])}")) + "}",
        JsonValueKind.Array => "[" + string.Join(",", json.EnumerateArray().Select(item => Canonical(item, []))) + "]",
        JsonValueKind.String => JsonSerializer.Serialize(json.GetString()),
        _ => json.GetRawText(),
    };
}
