using CentralPay.Workflows.Engine.Descriptors;

namespace CentralPay.Workflows.Engine.Plugins;

/// <summary>A library of an integrator's activities, as the host found it.</summary>
/// <param name="File">Where it lies, within the folder of plugins.</param>
public sealed record Plugin(string File)
{
    /// <summary>The name of its assembly; null where it could not be read.</summary>
    public string? Name { get; init; }

    /// <summary>Its version; null where it could not be read.</summary>
    public string? Version { get; init; }

    /// <summary>The activities it brought.</summary>
    public IReadOnlyList<ActivityDescriptor> Activities { get; init; } = [];

    /// <summary>What keeps it, or a part of it, from being used.</summary>
    public IReadOnlyList<PluginProblem> Problems { get; init; } = [];
}

/// <summary>Something about a plugin that its integrator must mend.</summary>
/// <param name="Kind">What it is; each has words that say what to do.</param>
/// <param name="Subject">The file, library, member or activity it is about.</param>
/// <param name="Detail">What more is known: another's name, an error's own words; empty for nothing.</param>
public sealed record PluginProblem(PluginProblemKind Kind, string Subject, string Detail = "");

/// <summary>What can be wrong with a plugin.</summary>
public enum PluginProblemKind
{
    /// <summary>The folder of plugins, or one in it, cannot be looked at. Subject: the folder; detail: the error.</summary>
    FolderUnreadable,

    /// <summary>The folder holds no library, or several of which none is called like it. Subject: the folder.</summary>
    NoMainLibrary,

    /// <summary>The file is no .NET library. Subject: the file.</summary>
    NoLibrary,

    /// <summary>It needs a library that lies nowhere. Subject: that library with its version.</summary>
    LibraryMissing,

    /// <summary>It was built for another version of the engine, or of another library. Subject: what it uses and is not there; detail: the library.</summary>
    MemberMissing,

    /// <summary>It holds no activity. Subject: the library.</summary>
    NoActivity,

    /// <summary>An activity cannot be described: its constructor or one of its attributes fails. Subject: the activity; detail: the error.</summary>
    ActivityFails,

    /// <summary>Another activity has the name already. Subject: the activity's name; detail: the library of the other.</summary>
    NameTaken,

    /// <summary>Its texts in another language cannot be read. Subject: the embedded file; detail: the error.</summary>
    WordsUnreadable,

    /// <summary>Its services cannot be registered. Subject: the class that registers them; detail: the error.</summary>
    ServicesRefused,

    /// <summary>Registering its services takes one of the host's away. Subject: the class that registers them; detail: the service.</summary>
    ServiceTakenAway,

    /// <summary>It replaces a service that is the host's. Subject: the class that registers them; detail: the service.</summary>
    ServiceReplaced,

    /// <summary>It adds a service that starts with the host, which would not start where that one fails. Subject: the class that registers them; detail: the service.</summary>
    ServiceStartsWithHost,
}

/// <summary>The plugins of this process.</summary>
public interface IPlugins
{
    /// <summary>Where they are looked for, as a full path; it need not exist.</summary>
    string Folder { get; }

    /// <summary>All that were found when the process started, usable or not, by file.</summary>
    IReadOnlyList<Plugin> All { get; }
}
