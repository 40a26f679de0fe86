namespace CentralPay.Workflows.Server.Drop;

/// <summary>The folders of one merchant: in, done, rejected.</summary>
internal sealed class DropPlace
{
    private const int ShownHashDigits = 8;
    private const string ReportSuffix = ".report.json";

    private static readonly string[] TemporarySuffixes = [".tmp", ".part", ".filepart", ".partial", ".crdownload", ".swp"];

    private readonly string root;

    public DropPlace(string folder, string merchantSlug)
    {
        root = Path.Combine(folder, merchantSlug);
        In = Path.Combine(root, "in");
    }

    /// <summary>Where files are put.</summary>
    public string In { get; }

    /// <summary>Makes what is missing.</summary>
    public void Ensure()
    {
        foreach (var name in new[] { "in", "done", "rejected" })
        {
            Directory.CreateDirectory(Path.Combine(root, name));
        }
    }

    /// <summary>What lies there under a final name, the oldest name first; folders and files on their way are none of it.</summary>
    public IReadOnlyList<string> Waiting() =>
        [.. new DirectoryInfo(In).EnumerateFileSystemInfos().Where(entry => (entry.LinkTarget is not null || entry is FileInfo) && !IsTemporary(entry.Name)).Select(entry => entry.FullName).Order(StringComparer.Ordinal)];

    /// <summary>Names that files have while they are written.</summary>
    public IReadOnlySet<string> OnTheirWay() => new DirectoryInfo(In).EnumerateFiles().Where(file => IsTemporary(file.Name)).Select(file => file.FullName).ToHashSet(StringComparer.Ordinal);

    /// <summary>The names under which a file may have been written before it got its final one.</summary>
    public static IEnumerable<string> TemporaryNamesOf(string path) =>
        TemporarySuffixes.Select(suffix => path + suffix).Append(Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path)));

    public static bool IsTemporary(string name) => name.StartsWith('.') || name.EndsWith('~') || TemporarySuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where a file goes: its own name, or one with time and hash where another file has that.</summary>
    public string Destination(string path, bool accepted, string sha256, DateTimeOffset at)
    {
        var folder = Path.Combine(root, accepted ? "done" : "rejected");
        var wanted = Path.Combine(folder, Path.GetFileName(path));
        for (var number = 1; IsTaken(wanted); number++)
        {
            var hash = sha256.Length >= ShownHashDigits ? "-" + sha256[..ShownHashDigits] : "";
            var again = number > 1 ? $"-{number}" : "";
            wanted = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(path)}-{at:yyyyMMddHHmmss}{hash}{again}{Path.GetExtension(path)}");
        }

        return wanted;
    }

    /// <summary>Puts the report beside where the file goes, then the file: whoever sees the file finds its report.</summary>
    public static async Task SettleAsync(string path, string destination, byte[] report, CancellationToken cancellationToken)
    {
        var written = destination + ReportSuffix;
        await File.WriteAllBytesAsync(written + ".tmp", report, cancellationToken);
        File.Move(written + ".tmp", written, overwrite: true);
        File.Move(path, destination);
    }

    private static bool IsTaken(string path) => File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null || File.Exists(path + ReportSuffix);
}
