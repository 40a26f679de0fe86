namespace CentralPay.Workflows.Storage;

/// <summary>Where the house keeps its data: the section <c>Storage</c> of the settings.</summary>
public sealed class StorageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Storage";

    /// <summary>Which database: SQLite for one process, PostgreSQL for many, SQL Server (unverified).</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>Where the database is.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/centralpay.db";

    /// <summary>The folder for attachments, message texts and files.</summary>
    public string BlobFolder { get; set; } = "data/blobs";
}

/// <summary>The databases that the house runs on.</summary>
public enum StorageProvider
{
    /// <summary>A file beside the program; one process.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or later; many nodes.</summary>
    PostgreSql,

    /// <summary>SQL Server 2022 or later; written, and not yet run against a server.</summary>
    SqlServer,
}
