using System.Text.Json;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Drop;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Statements;
using CentralPay.Workflows.Server.Demo;
using CentralPay.Workflows.Server.Drop;
using CentralPay.Workflows.Server.Tests.Running;
using CentralPay.Workflows.Server.Tests.Statements;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralPay.Workflows.Server.Tests.Drop;

[Collection(HouseCollection.Name)]
public sealed class DropFolderTests : IDisposable
{
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10);

    private readonly House house;
    private readonly string folder = Directory.CreateTempSubdirectory("drop-").FullName;
    private readonly HandClock clock = new();

    public DropFolderTests(House house)
    {
        this.house = house;
        new DropPlace(folder, DemoMerchants.All[0].Slug).Ensure();
    }

    private string Root => Path.Combine(folder, DemoMerchants.All[0].Slug);

    [Fact]
    public async Task A_file_is_taken_once_it_did_not_change_for_a_while_and_its_report_lies_beside_it()
    {
        var round = Round();
        Put("releve.xml", StatementTests.Statement("S-DROP-1", ("11.00", "drop one")));

        Assert.Equal(0, await round.RunAsync(default));
        clock.Move(Stable / 2);
        Assert.Equal(0, await round.RunAsync(default));
        clock.Move(Stable / 2);
        Assert.Equal(1, await round.RunAsync(default));

        Assert.Empty(Waiting());
        var report = Report("done", "releve.xml");
        Assert.Equal(("statement", "taken", 1), (report.GetProperty("kind").GetString(), report.GetProperty("outcome").GetString(), report.GetProperty("statement").GetProperty("added").GetInt32()));
    }

    [Fact]
    public async Task A_file_that_grows_is_waited_for_from_its_last_change()
    {
        var round = Round();
        var whole = StatementTests.Statement("S-DROP-2", ("12.00", "drop two"));
        Put("grows.xml", whole[..100]);
        await round.RunAsync(default);
        clock.Move(Stable);
        Put("grows.xml", whole);

        Assert.Equal(0, await round.RunAsync(default));
        clock.Move(Stable - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await round.RunAsync(default));
        clock.Move(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await round.RunAsync(default));
        Assert.Equal("taken", Report("done", "grows.xml").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_file_that_is_renamed_from_a_temporary_name_is_complete_at_once()
    {
        var round = Round();
        Put("erp.xml.part", StatementTests.Statement("S-DROP-3", ("13.00", "drop three")));
        clock.Move(Stable * 2);
        Assert.Equal(0, await round.RunAsync(default));
        File.Move(In("erp.xml.part"), In("erp.xml"));

        Assert.Equal(1, await round.RunAsync(default));
        Assert.Equal("taken", Report("done", "erp.xml").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task The_same_content_again_changes_nothing_whatever_its_name()
    {
        var content = StatementTests.Statement("S-DROP-4", ("14.00", "drop four"));
        await TakeAsync("first.xml", content);
        await TakeAsync("second.xml", content);
        await TakeAsync("first.xml", content);

        Assert.Equal(("known", 1), (Report("done", "second.xml").GetProperty("outcome").GetString(), Report("done", "second.xml").GetProperty("statement").GetProperty("added").GetInt32()));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Root, "done"), "first*.xml").Length);
        await using var scope = house.Open();
        Assert.Equal(1, await scope.Records.CountAsync<StatementImport>(import => import.FileName == "first.xml"));
    }

    [Fact]
    public async Task A_crash_between_booking_and_moving_changes_nothing_twice()
    {
        var content = StatementTests.Statement("S-DROP-5", ("15.00", "drop five"));
        await using (var scope = house.Open())
        {
            // All was booked, and then the power went: the file lies where it lay.
            await scope.Services.GetRequiredService<StatementImports>().RunAsync(content, "crash.xml", null);
        }

        await TakeAsync("crash.xml", content);

        Assert.Equal("known", Report("done", "crash.xml").GetProperty("outcome").GetString());
        Assert.Equal(1, (await house.GetAsync("/api/v1/transfers?limit=200")).GetProperty("data").EnumerateArray().Count(transfer => transfer.GetProperty("remittance").GetString() == "drop five"));
    }

    [Fact]
    public async Task Invoices_are_known_by_their_content_and_refused_lines_stand_in_the_report()
    {
        var csv = "Numéro;Numéro client;Nom client;E-mail;Montant TTC;Date d'émission;Date d'échéance\nDROP-1;C-D1;Zoé;zoe@example.test;12,50;01/11/2026;01/12/2026\nDROP-2;C-D1;Zoé;zoe@example.test;-1,00;01/11/2026;01/12/2026\n"u8.ToArray();

        await TakeAsync("factures.csv", csv);

        var report = Report("done", "factures.csv");
        Assert.Equal(("invoices", 1, 1), (report.GetProperty("kind").GetString(), report.GetProperty("import").GetProperty("accepted").GetInt32(), report.GetProperty("import").GetProperty("rejected").GetInt32()));
        Assert.Equal((3, "amount-negative"), (report.GetProperty("rejects")[0].GetProperty("line").GetInt32(), report.GetProperty("rejects")[0].GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task A_file_that_breaks_a_rule_is_rejected_with_its_words_in_the_merchants_language_and_told()
    {
        await TakeAsync("bombe.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"u8.ToArray());

        var error = Report("rejected", "bombe.xml").GetProperty("errors")[0];
        Assert.Equal(("file", "file-doctype"), (error.GetProperty("field").GetString(), error.GetProperty("code").GetString()));
        Assert.Contains("type de document", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        await using var scope = house.Open();
        Assert.Equal(1, await scope.Records.CountAsync<DroppedFile>(file => file.FileName == "bombe.xml" && file.Outcome == DropOutcome.Rejected));
        Assert.NotEqual(0, await scope.Records.CountAsync<DomainEvent>(happened => happened.Name == EventNames.DropRejected));
    }

    [Fact]
    public async Task A_link_is_refused_and_what_it_points_to_is_not_read()
    {
        File.CreateSymbolicLink(In("link.xml"), "/etc/passwd");
        var round = Round();
        await round.RunAsync(default);
        clock.Move(Stable);

        Assert.Equal(1, await round.RunAsync(default));
        Assert.Equal("file-is-link", Report("rejected", "link.xml").GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.True(File.Exists("/etc/passwd"));
    }

    [Fact]
    public async Task A_file_that_another_holds_is_taken_when_it_is_free()
    {
        var round = Round();
        Put("held.xml", StatementTests.Statement("S-DROP-6", ("16.00", "drop six")));
        await round.RunAsync(default);
        clock.Move(Stable);
        await using (new FileStream(In("held.xml"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(0, await round.RunAsync(default));
        }

        clock.Move(Stable);
        Assert.Equal(1, await round.RunAsync(default));
    }

    [Fact]
    public async Task A_file_that_vanishes_is_forgotten_and_folders_and_hidden_files_are_left()
    {
        var round = Round();
        Put("gone.xml", [1]);
        Put(".hidden", [1]);
        Directory.CreateDirectory(In("folder"));
        await round.RunAsync(default);
        File.Delete(In("gone.xml"));
        clock.Move(Stable * 2);

        Assert.Equal(0, await round.RunAsync(default));
        Assert.Equal(2, Directory.GetFileSystemEntries(Path.Combine(Root, "in")).Length);
        Assert.False(round.AreAnyPending);
    }

    [Fact]
    public async Task What_cannot_be_moved_away_is_left_until_it_changes()
    {
        Directory.Delete(Path.Combine(Root, "rejected"));
        await File.WriteAllTextAsync(Path.Combine(Root, "elsewhere"), "");
        Put("stuck.xml", "<x/>"u8.ToArray());
        var arrivals = new DropArrivals(Stable, clock);
        var place = new DropPlace(folder, DemoMerchants.All[0].Slug);
        arrivals.Complete(place);
        clock.Move(Stable);
        Assert.Single(arrivals.Complete(place));
        arrivals.Hold(In("stuck.xml"));

        clock.Move(Stable * 10);
        Assert.Empty(arrivals.Complete(place));
        Put("stuck.xml", "<xx/>"u8.ToArray());
        arrivals.Complete(place);
        clock.Move(Stable);
        Assert.Single(arrivals.Complete(place));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task TakeAsync(string name, byte[] content)
    {
        var round = Round();
        Put(name, content);
        await round.RunAsync(default);
        clock.Move(Stable);
        Assert.Equal(1, await round.RunAsync(default));
    }

    private DropRound Round()
    {
        var services = house.Services;
        var scopes = services.GetRequiredService<IMerchantScopes>();
        var intake = new DropIntake(scopes, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IWorkSignal>());
        return new DropRound(services.GetRequiredService<IMerchantDirectory>(), scopes, intake, new DropArrivals(Stable, clock), folder, NullLogger.Instance);
    }

    private string In(string name) => Path.Combine(Root, "in", name);

    private void Put(string name, byte[] content) => File.WriteAllBytes(In(name), content);

    private string[] Waiting() => Directory.GetFiles(Path.Combine(Root, "in"));

    private JsonElement Report(string where, string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, where, name + ".report.json"))).RootElement;

    private sealed class HandClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => now;

        public void Move(TimeSpan by) => now += by;
    }
}
