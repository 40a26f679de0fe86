using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Schema;

/// <summary>The few tables that belong to no merchant: the business clock, and the keys that nodes share.</summary>
internal static class HouseTables
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<ClockState>(rows =>
        {
            rows.HasKey(row => row.Id);
            rows.Property(row => row.Id).ValueGeneratedNever();
        });
        model.Entity<DataProtectionKey>(rows =>
        {
            rows.HasKey(row => row.Id);
            rows.Property(row => row.Id).ValueGeneratedNever();
        });
    }
}

/// <summary>How far business time stands from system time; one row.</summary>
public sealed record ClockState
{
    /// <summary>The only row's identity.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public required int Id { get; init; }

    /// <summary>Business time less system time, in microseconds.</summary>
    public required long OffsetMicroseconds { get; init; }
}

/// <summary>A key that protects cookies and secrets, shared by all nodes.</summary>
public sealed record DataProtectionKey
{
    /// <summary>Its identity (UUIDv7: the order in which keys were made).</summary>
    public required Guid Id { get; init; }

    /// <summary>What the framework calls it.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>The key as the framework's XML.</summary>
    public required string Xml { get; init; }
}
