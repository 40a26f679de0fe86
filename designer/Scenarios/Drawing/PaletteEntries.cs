using System.Globalization;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Descriptors;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios.Drawing;

/// <summary>A kind of step that can be added.</summary>
/// <param name="Type">The activity's type name.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it does.</param>
/// <param name="Icon">The Material Symbol.</param>
/// <param name="Look">What it is about: its colour.</param>
/// <param name="Group">The group it stands in, in the reader's language.</param>
public sealed record PaletteEntry(string Type, string Name, string Description, string Icon, CanvasCategory Look, string Group);

/// <summary>What stands in the palette: every activity that a drawing can hold, those of the business first.</summary>
public sealed class PaletteEntries(ActivityRegistry activities, IStringLocalizer<Phrases> say)
{
    // The order of a finance manager's thoughts; what an integrator adds comes after what we bring, before what connects steps.
    private static readonly string[] first = ["Starting", "Collecting", "Waiting", "Informing", "Reconciling", "People", "Paying out", "Connecting"];
    private static readonly string[] last = ["Branching", "Scheduling", "Events", "Composition", "Data", "Workflows", "Flow"];

    /// <summary>The entries whose name, description or other names hold the text, in their order.</summary>
    public IReadOnlyList<PaletteEntry> Find(string? text)
    {
        var culture = CultureInfo.CurrentUICulture;
        return
        [
            .. activities.All(culture)
                .Where(activity => activity is { IsContainer: false } and not { Name: "Break" } && activity.Ports.All(port => port.Type == PortType.Flow))
                .Select(activity => (Activity: activity, Written: activities.Find(activity.TypeName)!))
                .OrderBy(pair => RankOf(pair.Written.Category)).ThenBy(pair => pair.Activity.DisplayName, StringComparer.Create(culture, ignoreCase: true))
                .Select(pair => new PaletteEntry(
                    pair.Activity.TypeName,
                    pair.Activity.DisplayName,
                    pair.Activity.Description ?? "",
                    StepLook.IconOf(pair.Activity.TypeName, pair.Written),
                    StepLook.CategoryOf(pair.Written),
                    pair.Activity.Category))
                .Where(entry => Fits(entry, text?.Trim() ?? "")),
        ];
    }

    private static int RankOf(string category) =>
        Array.IndexOf(first, category) is >= 0 and var early ? early
        : Array.IndexOf(last, category) is >= 0 and var late ? first.Length + 1 + late
        : first.Length;

    private bool Fits(PaletteEntry entry, string text)
    {
        var compare = CultureInfo.CurrentUICulture.CompareInfo;
        return new[] { entry.Name, entry.Description, say.Code("palette.alsoCalled", entry.Type, "") }
            .Any(words => compare.IndexOf(words, text, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);
    }
}
