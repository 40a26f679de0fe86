using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Statements;

/// <summary>One file of bank statements that was taken in, with its result.</summary>
public sealed record StatementImport : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The file's name, as it was given.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How far it is.</summary>
    public required ImportStatus Status { get; init; }

    /// <summary>Movements read.</summary>
    public int Entries { get; init; }

    /// <summary>Movements handled so far.</summary>
    public int Handled { get; init; }

    /// <summary>Transfers that nobody had told before.</summary>
    public int Added { get; init; }

    /// <summary>Incoming movements that an earlier statement or the gateway had told.</summary>
    public int Known { get; init; }

    /// <summary>Outgoing movements: they pay no invoice.</summary>
    public int Debits { get; init; }

    /// <summary>Movements that take an earlier one back: a person looks at each.</summary>
    public int Reversals { get; init; }

    /// <summary>What stood in it, statement by statement, as JSON (<see cref="StatementSummary"/>).</summary>
    public string StatementsJson { get; init; } = "[]";

    /// <summary>Who brought it (a person's name, an API key's, or the drop folder).</summary>
    public required string BroughtBy { get; init; }

    /// <summary>When it began (business time).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (business time); null while it runs.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
