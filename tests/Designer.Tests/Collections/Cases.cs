using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Designer.Tests.Collections;

/// <summary>Cases as a page reads them.</summary>
internal static class Cases
{
    public static CaseRecord Draw(long revision, CaseStatus status) => new()
    {
        Id = Guid.Empty,
        TenantId = Guid.Empty,
        DefinitionId = "dunning",
        DefinitionVersionId = "dunning-1",
        Version = 1,
        StartKey = "invoice",
        Revision = revision,
        Status = status,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
