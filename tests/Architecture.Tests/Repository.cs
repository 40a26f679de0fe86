using System.Xml.Linq;

namespace CentralPay.Workflows.Architecture.Tests;

/// <summary>The project's own files, as the tests of its shape read them.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The parts of the house, from the ground up.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["engine", "payments", "activities", "storage", "designer", "server", "sandbox"];

    /// <summary>The project file of a part.</summary>
    public static string ProjectFile(string part) => Directory.GetFiles(Path.Combine(Root, part), "*.csproj").Single();

    /// <summary>The C# and Razor sources of a part, without what the build and the migrations tool made.</summary>
    public static IEnumerable<string> Sources(string part) =>
        Directory.EnumerateFiles(Path.Combine(Root, part), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !Segments(file).Any(segment => segment is "bin" or "obj" or "node_modules" or "Migrations"));

    /// <summary>The parts that a part references.</summary>
    public static IReadOnlyList<string> References(string part) =>
        [.. XDocument.Load(ProjectFile(part)).Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/').Split('/')[^2])];

    private static string[] Segments(string file) => Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CentralPay.Workflows.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }
}
