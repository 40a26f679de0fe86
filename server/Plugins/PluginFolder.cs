using CentralPay.Workflows.Engine.Plugins;

namespace CentralPay.Workflows.Server.Plugins;

/// <summary>What lies in the folder of plugins: a library by itself, or a folder that holds one with what it needs.</summary>
internal static class PluginFolder
{
    private const string Library = "*.dll";

    /// <summary>Each plugin by its name within the folder, in the order of names: where two want one name, the first has it.</summary>
    public static IReadOnlyList<PluginPlace> Look(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        try
        {
            var alone = Directory.GetFiles(folder, Library).Select(file => new PluginPlace(Path.GetFileName(file), file));
            var withTheirs = Directory.GetDirectories(folder).Where(inside => !Path.GetFileName(inside).StartsWith('.')).Select(InFolder);
            return [.. alone.Concat(withTheirs).OrderBy(place => place.Name, StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            return [new PluginPlace(folder, null, failure.Message)];
        }
    }

    /// <summary>The library of a folder: the one called like it, else the only one that says what it depends on, else the only one.</summary>
    private static PluginPlace InFolder(string folder)
    {
        var name = Path.GetFileName(folder);
        string[] libraries;
        try
        {
            libraries = Directory.GetFiles(folder, Library);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            return new PluginPlace(name, null, failure.Message);
        }

        var main = libraries.FirstOrDefault(file => string.Equals(Path.GetFileNameWithoutExtension(file), name, StringComparison.OrdinalIgnoreCase))
            ?? Only(libraries.Where(file => File.Exists(Path.ChangeExtension(file, ".deps.json"))))
            ?? Only(libraries);
        return main is null
            ? new PluginPlace(name, null)
            : new PluginPlace($"{name}/{Path.GetFileName(main)}", main);
    }

    private static string? Only(IEnumerable<string> files) => files.Take(2).ToArray() is [var only] ? only : null;
}

/// <summary>Where a plugin lies.</summary>
/// <param name="Name">Its path within the folder of plugins.</param>
/// <param name="File">The library as a full path; null where it is not clear which of a folder's it is (<see cref="PluginProblemKind.NoMainLibrary"/>).</param>
/// <param name="Unreadable">Why it cannot be looked at (<see cref="PluginProblemKind.FolderUnreadable"/>); null where it can.</param>
internal sealed record PluginPlace(string Name, string? File, string? Unreadable = null);
