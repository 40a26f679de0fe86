using System.Reflection;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Plugins;

namespace CentralPay.Workflows.Server.Plugins;

/// <summary>A library of the plugins' folder, loaded as far as it could be.</summary>
internal sealed class FoundPlugin
{
    private readonly Assembly? library;

    private FoundPlugin(string name, Assembly? library, List<PluginProblem> problems, IReadOnlyList<Type> types)
    {
        (File, this.library, Problems) = (name, library, problems);
        Activities = [.. types.Where(type => IsMade(type) && typeof(IActivity).IsAssignableFrom(type))];
        Registrars = [.. types.Where(type => IsMade(type) && typeof(IPluginServices).IsAssignableFrom(type))];
    }

    public string File { get; }

    public string? Name => library?.GetName().Name;

    public string? Version => library is null ? null : Informational(library)?.Split('+')[0] ?? library.GetName().Version?.ToString(3);

    public List<PluginProblem> Problems { get; }

    /// <summary>The classes of its activities; none where it cannot be used as a whole.</summary>
    public IReadOnlyList<Type> Activities { get; private set; }

    /// <summary>The classes that register its services.</summary>
    public IReadOnlyList<Type> Registrars { get; }

    public PluginTexts Texts { get; private set; } = new();

    /// <summary>Takes it out of use as a whole: a case must not run into what is missing.</summary>
    public void Refuse(PluginProblem problem)
    {
        Problems.Add(problem);
        Activities = [];
    }

    /// <summary>Loads what lies at a place. Never throws: what is wrong is told.</summary>
    public static FoundPlugin Load(PluginPlace place)
    {
        if (place.File is null)
        {
            return Unusable(place, null, place.Unreadable is { } why ? new PluginProblem(PluginProblemKind.FolderUnreadable, place.Name, why) : new PluginProblem(PluginProblemKind.NoMainLibrary, place.Name));
        }

        try
        {
            var context = new PluginContext(place.File);
            var library = context.LoadFromAssemblyPath(place.File);
            return PluginMembers.Missing(library, context) is { Count: > 0 } missing ? Unusable(place, library, [.. missing]) : Whole(place, library);
        }
        catch (Exception failure) when (failure is BadImageFormatException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return Unusable(place, null, new PluginProblem(PluginProblemKind.NoLibrary, Path.GetFileName(place.File), failure.Message));
        }
    }

    private static FoundPlugin Whole(PluginPlace place, Assembly library)
    {
        var types = TypesOf(library, out var broken);
        if (broken.Count > 0)
        {
            return Unusable(place, library, [.. broken]);
        }

        List<PluginProblem> problems = [];
        var found = new FoundPlugin(place.Name, library, problems, types) { Texts = PluginTexts.Of(library, problems) };
        if (found.Activities.Count == 0)
        {
            problems.Add(new PluginProblem(PluginProblemKind.NoActivity, library.GetName().Name!));
        }

        return found;
    }

    /// <summary>Its classes; and what is broken about them, because what they build on has another shape than they were compiled for.</summary>
    private static Type[] TypesOf(Assembly library, out IReadOnlyList<PluginProblem> broken)
    {
        try
        {
            var types = library.GetTypes();
            broken = [.. PluginMembers.OverridesOfNothing(types)];
            return types;
        }
        catch (ReflectionTypeLoadException failure)
        {
            broken = [.. failure.LoaderExceptions.OfType<Exception>().Select(each => new PluginProblem(PluginProblemKind.MemberMissing, each is TypeLoadException type ? type.TypeName : each.GetType().Name, each.Message)).Distinct()];
            return [];
        }
    }

    // Reading one attribute makes all of the library's, of which one may be of a library that is missing.
    private static string? Informational(Assembly library)
    {
        try
        {
            return library.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        }
        catch (Exception failure) when (failure is IOException or TypeLoadException or MissingMemberException or BadImageFormatException)
        {
            return null;
        }
    }

    private static FoundPlugin Unusable(PluginPlace place, Assembly? library, params PluginProblem[] problems) => new(place.Name, library, [.. problems], []);

    private static bool IsMade(Type type) => type is { IsAbstract: false, IsInterface: false, IsGenericTypeDefinition: false } && (type.IsPublic || type.IsNestedPublic);
}
