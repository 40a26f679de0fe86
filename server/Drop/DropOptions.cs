namespace CentralPay.Workflows.Server.Drop;

/// <summary>The drop folder: where ERP and bank put their files, usually by SFTP.</summary>
internal sealed class DropOptions
{
    /// <summary>The folder with one folder for each merchant; empty: there is none. One node only watches it.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Seconds for which a file must not change before it counts as complete, by the system's clock.</summary>
    public int StableSeconds { get; set; } = 10;

    /// <summary>Seconds between two looks at the folder; what the system tells of changes comes sooner.</summary>
    public int PollSeconds { get; set; } = 30;
}
