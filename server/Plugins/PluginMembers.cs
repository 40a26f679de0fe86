using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using CentralPay.Workflows.Engine.Plugins;

namespace CentralPay.Workflows.Server.Plugins;

/// <summary>
/// Whether all that a library uses of others is there. The runtime finds what is missing only when a method first runs, in the
/// middle of a case; here it is found before anything runs.
/// </summary>
internal static class PluginMembers
{
    /// <summary>The libraries that lie nowhere; where all are there, the types and members that they do not have.</summary>
    public static IReadOnlyList<PluginProblem> Missing(Assembly plugin, AssemblyLoadContext context)
    {
        var libraries = plugin.GetReferencedAssemblies().Where(reference => !IsThere(reference, context))
            .Select(reference => new PluginProblem(PluginProblemKind.LibraryMissing, $"{reference.Name} {reference.Version}")).ToList();
        return libraries.Count > 0 ? libraries : MissingMembers(plugin);
    }

    /// <summary>Methods written to override one of a class that they build on, which has none of that shape: nobody would ever call them.</summary>
    public static IEnumerable<PluginProblem> OverridesOfNothing(IEnumerable<Type> types) => types
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.IsVirtual && (method.Attributes & MethodAttributes.VtableLayoutMask) == MethodAttributes.ReuseSlot && method.GetBaseDefinition() == method)
        .Select(method => new PluginProblem(PluginProblemKind.MemberMissing, $"{method.DeclaringType!.BaseType!.FullName}.{method.Name}"));

    private static bool IsThere(AssemblyName reference, AssemblyLoadContext context)
    {
        try
        {
            return context.LoadFromAssemblyName(reference) is not null;
        }
        catch (Exception failure) when (failure is IOException or BadImageFormatException)
        {
            return false;
        }
    }

    private static List<PluginProblem> MissingMembers(Assembly plugin)
    {
        using var file = new PEReader(File.OpenRead(plugin.Location));
        var metadata = file.GetMetadataReader();
        var module = plugin.ManifestModule;
        var types = metadata.TypeReferences.Where(type => !Resolves(() => module.ResolveType(MetadataTokens.GetToken(type))))
            .Select(type => Problem(metadata, type, NameOf(metadata, type))).ToList();
        // A member of a type that is not there is missing too; the type says it.
        return types.Count > 0
            ? types
            : [.. metadata.MemberReferences.Where(member => !Resolves(() => module.ResolveMember(MetadataTokens.GetToken(member)))).Select(member => Problem(metadata, member)).Distinct()];
    }

    private static bool Resolves(Func<MemberInfo?> resolve)
    {
        try
        {
            resolve();
            return true;
        }
        catch (Exception failure) when (failure is TypeLoadException or MissingMemberException)
        {
            return false;
        }
        catch (Exception failure) when (failure is ArgumentException or BadImageFormatException)
        {
            // Members of open generics are told apart only where they are used; these are never the engine's.
            return true;
        }
    }

    private static PluginProblem Problem(MetadataReader metadata, MemberReferenceHandle handle)
    {
        var member = metadata.GetMemberReference(handle);
        var name = metadata.GetString(member.Name);
        return member.Parent.Kind == HandleKind.TypeReference
            ? Problem(metadata, (TypeReferenceHandle)member.Parent, $"{NameOf(metadata, (TypeReferenceHandle)member.Parent)}.{name}")
            : new PluginProblem(PluginProblemKind.MemberMissing, name);
    }

    private static PluginProblem Problem(MetadataReader metadata, TypeReferenceHandle type, string missing)
    {
        var scope = metadata.GetTypeReference(type).ResolutionScope;
        while (scope.Kind == HandleKind.TypeReference)
        {
            scope = metadata.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;
        }

        if (scope.Kind != HandleKind.AssemblyReference)
        {
            return new PluginProblem(PluginProblemKind.MemberMissing, missing);
        }

        var library = metadata.GetAssemblyReference((AssemblyReferenceHandle)scope);
        return new PluginProblem(PluginProblemKind.MemberMissing, missing, $"{metadata.GetString(library.Name)} {library.Version}");
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
