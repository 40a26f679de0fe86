using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests;

public sealed class SqliteIncidentFiguresTests() : IncidentFiguresTests(StorageProvider.Sqlite);

public sealed class PostgreSqlIncidentFiguresTests() : IncidentFiguresTests(StorageProvider.PostgreSql);

/// <summary>What stopped, by cause, with the money behind it.</summary>
public abstract class IncidentFiguresTests(StorageProvider provider) : StorageTest(provider)
{
    [Fact]
    public async Task An_invoice_behind_two_incidents_of_a_cause_is_owed_once_and_other_scenarios_and_kinds_count_for_themselves()
    {
        await CommitAsync(records =>
        {
            records.Add(Sample.Merchant(Merchant, "maison"));
            records.Add(Sample.Invoice(Merchant, "F-1", 10_000));
        });
        var (dunning, other) = (Case("F-1"), Case("F-1") with { StartKey = "other", DefinitionId = "other" });
        await CommitEngineAsync(
            new CaseChanged(dunning, 0), new CaseChanged(other, 0),
            Raised(dunning, "send", 1), Raised(dunning, "send", 2), Raised(dunning, "send", 3, IncidentKind.Bug), Raised(other, "send", 4));

        await using var scope = House.Open(Merchant);
        var causes = await scope.Services.GetRequiredService<IIncidentFigures>().CausesAsync(null, 10);

        Assert.Equal(
            [("dunning", "Outside", 2, 10_000), ("dunning", "Bug", 1, 10_000), ("other", "Outside", 1, 10_000)],
            causes.Select(cause => (cause.ScenarioId, cause.Kind, cause.Incidents, cause.OpenMinor)));
    }

    [Fact]
    public async Task Open_incidents_are_counted_by_cause_and_step_with_what_their_invoices_owe_and_the_oldest()
    {
        await CommitAsync(records =>
        {
            records.Add(Sample.Merchant(Merchant, "maison"));
            records.Add(Sample.Invoice(Merchant, "F-1", 10_000));
            records.Add(Sample.Invoice(Merchant, "F-2", 2_500));
        });
        var (first, second) = (Case("F-1"), Case("F-2"));
        var decided = Raised(first, "send", 0);
        await CommitEngineAsync(
            new CaseChanged(first, 0), new CaseChanged(second, 0),
            Raised(first, "send", 2), Raised(second, "send", 1), Raised(second, "call", 3), Raised(null, null, 4),
            decided, new IncidentResolved(decided.Incident.Id, TestDatabase.Start, "Retried."));

        await using var scope = House.Open(Merchant);
        var causes = await scope.Services.GetRequiredService<IIncidentFigures>().CausesAsync(null, 10);

        Assert.Equal(
            [
                new CauseFigures("GatewayDown", "dunning", "send", "Outside", true, 2, 12_500, TestDatabase.Start.AddMinutes(1)),
                new CauseFigures("GatewayDown", "dunning", "call", "Outside", true, 1, 2_500, TestDatabase.Start.AddMinutes(3)),
                new CauseFigures("GatewayDown", null, null, "Outside", false, 1, 0, TestDatabase.Start.AddMinutes(4)),
            ],
            causes);
        var ofCause = await scope.Services.GetRequiredService<ICaseStore>().OpenIncidentsOfCauseAsync(new IncidentCause("GatewayDown", IncidentKind.Outside, "dunning", "send", StopsCases: true), 10);
        Assert.Equal([second.Id, first.Id], ofCause.Select(incident => incident.CaseId!.Value));
    }

    [Fact]
    public async Task Causes_come_page_by_page_each_once_however_alike_they_are()
    {
        await CommitAsync(records => records.Add(Sample.Merchant(Merchant, "maison")));
        var stopped = Case("F-1");
        await CommitEngineAsync(
        [
            new CaseChanged(stopped, 0), Raised(stopped, "often", 9), Raised(stopped, "often", 9), Raised(null, null, 0), Raised(stopped, null, 0), Raised(stopped, "b", 0, IncidentKind.Bug),
            .. new[] { "a", "b", "c", "d" }.Select(step => Raised(stopped, step, 0)), Raised(stopped, "late", 5),
        ]);

        await using var scope = House.Open(Merchant);
        var figures = scope.Services.GetRequiredService<IIncidentFigures>();
        var all = await figures.CausesAsync(null, 100);
        var paged = new List<CauseFigures>();
        for (CausePlace? after = null; await figures.CausesAsync(after, 2) is { Count: > 0 } page; after = page[^1].Place)
        {
            paged.AddRange(page);
        }

        Assert.Equal(all, paged);
        Assert.Equal((9, "often", "late"), (all.Count, all[0].StepId, all[^1].StepId));
    }

    [Fact]
    public async Task Incidents_of_an_older_database_belong_to_the_scenario_of_their_case()
    {
        await CommitAsync(records => records.Add(Sample.Merchant(Merchant, "maison")));
        var (stopped, outside) = (Case("F-1"), Raised(null, null, 1));
        var raised = Raised(stopped, "send", 0);
        await CommitEngineAsync(new CaseChanged(stopped, 0), raised, outside);
        await using (var db = House.Database.NewContext(new MerchantBinding()))
        {
            await db.GetService<IMigrator>().MigrateAsync("Widened");
        }

        await House.Get<DatabaseStart>().MigrateAsync();

        await using var scope = House.Open(Merchant);
        var cases = scope.Services.GetRequiredService<ICaseStore>();
        Assert.Equal(raised.Incident, await cases.FindIncidentAsync(raised.Incident.Id));
        Assert.Null((await cases.FindIncidentAsync(outside.Incident.Id))!.DefinitionId);
    }

    private async Task CommitEngineAsync(params EngineChange[] changes)
    {
        await using var scope = House.Open(Merchant);
        var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        foreach (var change in changes)
        {
            work.Append(change);
        }

        await work.CommitAsync();
    }

    private CaseRecord Case(string number) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = Merchant,
        DefinitionId = "dunning",
        DefinitionVersionId = "dunning-v1",
        Version = 1,
        StartKey = number,
        Reference = number,
        SubStatus = CaseSubStatus.Faulted,
        State = """{"n":1}"""u8.ToArray(),
        Revision = 1,
        CreatedAt = TestDatabase.Start,
        UpdatedAt = TestDatabase.Start,
    };

    private IncidentRaised Raised(CaseRecord? @case, string? step, int minutes, IncidentKind kind = IncidentKind.Outside) => new(new Incident
    {
        Id = Guid.CreateVersion7(),
        TenantId = Merchant,
        CaseId = @case?.Id,
        DefinitionId = @case?.DefinitionId,
        NodeId = step,
        Kind = kind,
        Cause = "GatewayDown",
        Message = "The gateway does not answer.",
        At = TestDatabase.Start.AddMinutes(minutes),
    });
}
