namespace CentralPay.Workflows.Payments.Statements;

/// <summary>What a file of bank statements would bring, before anything is changed.</summary>
public sealed record StatementPreview
{
    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>Its statements.</summary>
    public required IReadOnlyList<StatementSummary> Statements { get; init; }

    /// <summary>The first incoming movements.</summary>
    public required IReadOnlyList<StatementEntry> FirstEntries { get; init; }

    /// <summary>Incoming movements that nobody told before.</summary>
    public required int New { get; init; }

    /// <summary>Incoming movements that an earlier statement told.</summary>
    public required int Known { get; init; }

    /// <summary>Outgoing movements: they pay no invoice.</summary>
    public required int Debits { get; init; }

    /// <summary>Movements that take an earlier one back.</summary>
    public required int Reversals { get; init; }

    /// <summary>Bookings that the bank only announces.</summary>
    public required int Announced { get; init; }
}
