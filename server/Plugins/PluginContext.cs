using System.Reflection;
using System.Runtime.Loader;

namespace CentralPay.Workflows.Server.Plugins;

/// <summary>
/// Where one plugin's libraries are loaded. The house and the abstractions of .NET's extensions are shared, for both sides must
/// mean the same types by them; all else is the plugin's own, so that two may use different versions of one library.
/// </summary>
internal sealed class PluginContext(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
{
    private static readonly string[] SharedPrefixes = ["CentralPay.Workflows.", "Microsoft.Extensions."];
    private readonly AssemblyDependencyResolver libraries = new(file);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Shared(assemblyName) ?? (libraries.ResolveAssemblyToPath(assemblyName) is { } own ? LoadFromAssemblyPath(own) : null);

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        libraries.ResolveUnmanagedDllToPath(unmanagedDllName) is { } own ? LoadUnmanagedDllFromPath(own) : nint.Zero;

    // Whatever version it was built for: what is missing from ours is found member by member, and can then be named.
    private static Assembly? Shared(AssemblyName wanted)
    {
        if (wanted.Name is not { } name || !SharedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return null;
        }

        try
        {
            return Default.LoadFromAssemblyName(new AssemblyName(name));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
