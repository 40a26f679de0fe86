using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests;

public sealed class SqliteIncidentFiguresTests() : IncidentFiguresTests(StorageProvider.Sqlite);

public sealed class PostgreSqlIncidentFiguresTests() : IncidentFiguresTests(StorageProvider.PostgreSql);

/// <summary>What stopped, by cause, with the money behind it.</summary>
public abstract class IncidentFiguresTests(StorageProvider provider) : StorageTest(provider)
{
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
        var decided = Raised(first.Id, "send", 0);
        await CommitEngineAsync(
            new CaseChanged(first, 0), new CaseChanged(second, 0),
            Raised(first.Id, "send", 2), Raised(second.Id, "send", 1), Raised(second.Id, "call", 3), Raised(null, null, 4),
            decided, new IncidentResolved(decided.Incident.Id, TestDatabase.Start, "Retried."));

        await using var scope = House.Open(Merchant);
        var causes = await scope.Services.GetRequiredService<IIncidentFigures>().CausesAsync();

        Assert.Equal(
            [
                new CauseFigures("GatewayDown", "send", "Outside", true, 2, 12_500, TestDatabase.Start.AddMinutes(1)),
                new CauseFigures("GatewayDown", "call", "Outside", true, 1, 2_500, TestDatabase.Start.AddMinutes(3)),
                new CauseFigures("GatewayDown", null, "Outside", false, 1, 0, TestDatabase.Start.AddMinutes(4)),
            ],
            causes);
        var ofCause = await scope.Services.GetRequiredService<ICaseStore>().OpenIncidentsOfCauseAsync("GatewayDown", "send", 10);
        Assert.Equal([second.Id, first.Id], ofCause.Select(incident => incident.CaseId!.Value));
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

    private IncidentRaised Raised(Guid? caseId, string? step, int minutes) => new(new Incident
    {
        Id = Guid.CreateVersion7(),
        TenantId = Merchant,
        CaseId = caseId,
        NodeId = step,
        Kind = IncidentKind.Outside,
        Cause = "GatewayDown",
        Message = "The gateway does not answer.",
        At = TestDatabase.Start.AddMinutes(minutes),
    });
}
