using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Schema;

/// <summary>The tables of the workflow engine. Its tenant is our merchant, in code as in every key.</summary>
internal static class EngineTables
{
    public static void Map(ModelBuilder model, CollectionsDb db)
    {
        MapScenarios(model, db);
        MapCases(model, db);
        MapQueue(model, db);
    }

    private static void MapScenarios(ModelBuilder model, CollectionsDb db)
    {
        model.Entity<ScenarioVersion>(rows =>
        {
            rows.OfMerchant(db, nameof(ScenarioVersion.TenantId), nameof(ScenarioVersion.Id));
            rows.HasIndex(row => new { row.TenantId, row.DefinitionId, row.Version }).IsUnique();
        });
        model.Entity<TriggerRow>(rows =>
        {
            rows.OfMerchant(db, nameof(TriggerRow.MerchantId), nameof(TriggerRow.DefinitionId), nameof(TriggerRow.NodeId), nameof(TriggerRow.Hash));
            rows.HasIndex(row => new { row.MerchantId, row.Hash });
        });
    }

    private static void MapCases(ModelBuilder model, CollectionsDb db)
    {
        model.Entity<CaseRecord>(rows =>
        {
            rows.OfMerchant(db, nameof(CaseRecord.TenantId), nameof(CaseRecord.Id));
            rows.Property(row => row.State).HasConversion(JsonColumns.Bytes, JsonColumns.SameBytes);
            rows.HasIndex(row => new { row.TenantId, row.StartKey }).IsUnique();
            rows.HasIndex(row => new { row.TenantId, row.DefinitionId, row.Status, row.WaitingNodeId });
            rows.HasIndex(row => new { row.TenantId, row.CorrelationId });
            rows.HasIndex(row => new { row.TenantId, row.CustomerKey });
            rows.HasIndex(row => new { row.TenantId, row.CreatedAt });
        });
        model.Entity<JournalEntry>(rows =>
        {
            rows.OfMerchant(db, nameof(JournalEntry.TenantId), nameof(JournalEntry.Id));
            rows.Property(row => row.Steps).HasConversion(JsonColumns.Steps, JsonColumns.SameSteps);
            rows.HasIndex(row => new { row.TenantId, row.CaseId, row.Revision });
        });
        model.Entity<Incident>(rows =>
        {
            rows.OfMerchant(db, nameof(Incident.TenantId), nameof(Incident.Id));
            rows.HasIndex(row => new { row.TenantId, row.CaseId });
            rows.HasIndex(row => new { row.TenantId, row.ResolvedAt });
        });
    }

    private static void MapQueue(ModelBuilder model, CollectionsDb db)
    {
        model.Entity<Bookmark>(rows =>
        {
            rows.OfMerchant(db, nameof(Bookmark.TenantId), nameof(Bookmark.Id));
            rows.HasIndex(row => new { row.TenantId, row.Hash });
            rows.HasIndex(row => new { row.TenantId, row.CaseId });
            rows.HasIndex(row => row.DueAt).HasFilter("due_at IS NOT NULL");
        });
        model.Entity<WorkItem>(rows =>
        {
            rows.OfMerchant(db, nameof(WorkItem.TenantId), nameof(WorkItem.Id));
            rows.Property(row => row.Subject).HasConversion(JsonColumns.Subject);
            rows.Ignore(row => row.Case);
            rows.Ignore(row => row.Rank);
            rows.Property<long>(QueueColumns.ClaimRank);
            rows.Property<long>(QueueColumns.NotBeforeMicroseconds).HasDefaultValue(0L);
            rows.Property<long>(QueueColumns.LeaseUntilMicroseconds).HasDefaultValue(0L);
            rows.Property<string?>(QueueColumns.LeasedBy).HasMaxLength(200);
            rows.Property<string?>(QueueColumns.LastError);
            rows.HasIndex(row => new { row.TenantId, row.Key }).IsUnique();
            rows.HasIndex(row => new { row.TenantId, row.CaseId });
            rows.HasIndex(QueueColumns.ClaimRank);
        });
        model.Entity<EarlyStimulus>(rows =>
        {
            rows.OfMerchant(db, nameof(EarlyStimulus.MerchantId), nameof(EarlyStimulus.Id));
            rows.HasIndex(row => new { row.MerchantId, row.Hash });
            rows.HasIndex(row => row.ExpiresAt);
        });
    }
}

/// <summary>Columns of the work queue that only its claim knows; their times are the database's.</summary>
internal static class QueueColumns
{
    /// <summary>The order of claiming: when it was queued, plus a handicap for slow lanes, so that what is old rises.</summary>
    public const string ClaimRank = "ClaimRank";

    /// <summary>Not to be claimed before.</summary>
    public const string NotBeforeMicroseconds = "NotBeforeMicroseconds";

    /// <summary>Until when it is held.</summary>
    public const string LeaseUntilMicroseconds = "LeaseUntilMicroseconds";

    /// <summary>Who holds it.</summary>
    public const string LeasedBy = "LeasedBy";

    /// <summary>Why it was given back.</summary>
    public const string LastError = "LastError";
}
