using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Plugins;
using CentralPay.Workflows.Server.Plugins;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CentralPay.Workflows.Server.Tests.Plugins;

/// <summary>Where an integrator builds libraries, and the folder they are put into.</summary>
internal sealed class PluginWorkshop : IDisposable
{
    private const string Usings = """
        using System;
        using System.ComponentModel.DataAnnotations;
        using System.Threading.Tasks;
        using CentralPay.Workflows.Engine.Authoring;
        using CentralPay.Workflows.Engine.Plugins;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;

        """;

    private static readonly MetadataReference[] OfTheHouse =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file))];

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("plugins-");

    /// <summary>The folder the server looks through.</summary>
    public string Folder => Path.Combine(root.FullName, "plugins");

    /// <summary>Builds a library and puts it somewhere within the folder of plugins.</summary>
    public void Put(string place, string source, params MetadataReference[] more) => Write(Path.Combine(Folder, place), Usings + source, [.. OfTheHouse, .. more]);

    /// <summary>Builds a library with files embedded in it.</summary>
    public void Put(string place, string source, IReadOnlyList<(string Name, string Text)> embedded) => Write(Path.Combine(Folder, place), Usings + source, OfTheHouse, embedded);

    /// <summary>Builds a library elsewhere, for others to be built against.</summary>
    public MetadataReference Build(string name, string version, string source) => Write(Path.Combine(root.FullName, version, $"{name}.dll"), $"[assembly: System.Reflection.AssemblyVersion(\"{version}\")]\n{source}", OfTheHouse);

    /// <summary>Builds a library against another engine than ours.</summary>
    public void PutForEngine(string place, string engine, string source)
    {
        var other = Build("CentralPay.Workflows.Engine", "9.0.0.0", engine);
        Write(Path.Combine(Folder, place), source, [.. OfTheHouse.Where(reference => !reference.Display!.EndsWith("CentralPay.Workflows.Engine.dll", StringComparison.Ordinal)), other]);
    }

    /// <summary>Puts a text there as it is.</summary>
    public void PutText(string place, string text)
    {
        var file = Path.Combine(Folder, place);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Copies a library that was built elsewhere.</summary>
    public void PutCopy(string place, MetadataReference library) => File.Copy(library.Display!, Path.Combine(Folder, place));

    /// <summary>What the server would load.</summary>
    public IReadOnlyList<FoundPlugin> Find() => [.. PluginFolder.Look(Folder).Select(FoundPlugin.Load)];

    /// <summary>What becomes of all that lies there, with a palette of the engine's own activities.</summary>
    public IReadOnlyList<Plugin> Install(ActivityRegistry? palette = null)
    {
        var installed = new InstalledPlugins(Folder, Find());
        installed.AddTo(palette ?? new ActivityRegistry());
        return installed.All;
    }

    public void Dispose() => root.Delete(recursive: true);

    private static PortableExecutableReference Write(string file, string source, IEnumerable<MetadataReference> references, IReadOnlyList<(string Name, string Text)>? embedded = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var library = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(file), [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        using (var output = File.Create(file))
        {
            var built = library.Emit(output, manifestResources: embedded?.Select(each => new ResourceDescription(each.Name, () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(each.Text)), isPublic: true)));
            Assert.True(built.Success, string.Join('\n', built.Diagnostics));
        }

        return MetadataReference.CreateFromFile(file);
    }
}
