using System.Globalization;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Plugins;

namespace CentralPay.Workflows.Designer.Settings;

/// <summary>Says what is wrong with a plugin, and what to do, in the reader's language. The page, the API and the log use it alike.</summary>
public static class PluginSentence
{
    private const int FolderNames = 2;

    /// <summary>What is wrong, and what to do.</summary>
    public static string Of(PluginProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Say($"plugins.problem.{problem.Kind}", problem.Subject, problem.Detail);
    }

    /// <summary>What has changed under waiting cases, and what happens to them.</summary>
    public static string Of(StrandedWait wait)
    {
        ArgumentNullException.ThrowIfNull(wait);
        return Say($"plugins.stranded.{wait.Kind}", wait.ActivityType, wait.Member, wait.Step);
    }

    /// <summary>A folder of the server as its people know it, by its last names (<c>…/server/plugins</c>): the rest of the path is nobody's business.</summary>
    public static string FolderName(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var names = path.Split('/', '\\').Where(name => name.Length > 0).ToArray();
        return names.Length > FolderNames ? $"…/{string.Join('/', names[^FolderNames..])}" : path;
    }

    private static string Say(string key, params object[] values) =>
        string.Format(CultureInfo.CurrentCulture, PhraseBook.Of(CultureInfo.CurrentUICulture).Find(key) ?? key, values);
}
