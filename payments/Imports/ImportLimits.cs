namespace CentralPay.Workflows.Payments.Imports;

/// <summary>How much a file of invoices may hold.</summary>
public static class ImportLimits
{
    /// <summary>Bytes of a file.</summary>
    public const int MaxBytes = 50 * 1024 * 1024;

    /// <summary>Rows of a file, without its heading.</summary>
    public const int MaxRows = 200_000;

    /// <summary>Rows that are kept in one commit.</summary>
    public const int RowsPerCommit = 500;

    /// <summary>Rows that a preview shows.</summary>
    public const int PreviewRows = 10;

    /// <summary>Rejects and corrections that are kept with the import; beyond, only their number is.</summary>
    public const int MaxListed = 5_000;

    /// <summary>Bytes of one row; more is a quotation mark that nobody closed.</summary>
    public const int MaxRowBytes = 64 * 1024;

    /// <summary>Characters of a value that a reject shows.</summary>
    public const int MaxShownCharacters = 80;

    /// <summary>Characters of an invoice's or customer's number.</summary>
    public const int MaxNumber = 64;

    /// <summary>Characters of a customer's name.</summary>
    public const int MaxName = 200;

    /// <summary>Characters of an e-mail address (RFC 5321).</summary>
    public const int MaxEmail = 254;

    /// <summary>Characters of a description.</summary>
    public const int MaxDescription = 500;

    /// <summary>Characters of a scenario's id.</summary>
    public const int MaxScenario = 100;

    /// <summary>Characters of a kind of sale.</summary>
    public const int MaxKind = 40;
}
