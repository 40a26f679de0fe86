using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Exports;

namespace CentralPay.Workflows.Designer.Exports;

/// <summary>Cases as a file. They are the engine's, and so stand beside the lists of the domain.</summary>
public static class CaseExport
{
    private static readonly IReadOnlyList<ExportColumn<CaseRecord>> columns =
    [
        ExportColumn<CaseRecord>.Of("number", row => row.Reference),
        ExportColumn<CaseRecord>.Of("scenarioId", row => row.DefinitionId),
        ExportColumn<CaseRecord>.Of("version", row => $"{row.Version}"),
        ExportColumn<CaseRecord>.Code("status", "case.status", row => row.Status.ToString()),
        ExportColumn<CaseRecord>.Code("subStatus", "case.subStatus", row => row.SubStatus.ToString()),
        ExportColumn<CaseRecord>.Of("waitingStep", row => row.WaitingNodeId),
        ExportColumn<CaseRecord>.Instant("waitingSince", row => row.WaitingSince),
        ExportColumn<CaseRecord>.Instant("waitingUntil", row => row.WaitingUntil),
        ExportColumn<CaseRecord>.Instant("createdAt", row => row.CreatedAt),
        ExportColumn<CaseRecord>.Instant("updatedAt", row => row.UpdatedAt),
        ExportColumn<CaseRecord>.Instant("finishedAt", row => row.FinishedAt),
        ExportColumn<CaseRecord>.Of("correlationId", row => row.CorrelationId),
        ExportColumn<CaseRecord>.Of("id", row => row.Id.ToString()),
    ];

    /// <summary>The cases that fit, newest first.</summary>
    public static ListExport Of(ICaseStore cases, CaseQuery query)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(query);
        return ListExport.Of("cases", columns, ListExport.PagesAsync<CaseRecord>(async (last, limit, cancellationToken) =>
            await cases.QueryAsync(query with { Before = last?.Id, Limit = limit }, cancellationToken)));
    }
}
