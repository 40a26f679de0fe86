using CentralPay.Workflows.Payments.Imports;

namespace CentralPay.Workflows.Payments.Statements;

/// <summary>How much a bank statement may hold.</summary>
public static class StatementLimits
{
    /// <summary>Bytes of a file: the same for every file that is taken in.</summary>
    public const int MaxBytes = ImportLimits.MaxBytes;

    /// <summary>Movements of a file.</summary>
    public const int MaxEntries = 200_000;

    /// <summary>Statements of a file.</summary>
    public const int MaxStatements = 500;

    /// <summary>Movements that are kept in one commit.</summary>
    public const int EntriesPerCommit = 200;

    /// <summary>Movements that a preview shows.</summary>
    public const int PreviewEntries = 10;

    /// <summary>How deep XML may be nested; camt.053 needs about 15.</summary>
    internal const int MaxDepth = 40;

    /// <summary>XML elements of one entry or balance.</summary>
    internal const int MaxElements = 500_000;

    /// <summary>Characters of a name or reference that are kept.</summary>
    internal const int MaxText = 140;

    /// <summary>Characters of what a payer wrote that are kept; the bank may split it over many lines.</summary>
    internal const int MaxRemittance = 500;
}
