using System.Text.Json.Serialization;

namespace CentralPay.Workflows.Designer.Scenarios;

// The contract with canvas/src/model.ts, property for property. Only what a card shows crosses to the browser.

/// <summary>What a step is about; decides the colour of its bar on the canvas.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CanvasCategory>))]
public enum CanvasCategory
{
    /// <summary>Sets the scenario off.</summary>
    [JsonStringEnumMemberName("trigger")] Trigger,

    /// <summary>Asks for money or waits for it.</summary>
    [JsonStringEnumMemberName("collecting")] Collecting,

    /// <summary>Tells a customer or a colleague.</summary>
    [JsonStringEnumMemberName("informing")] Informing,

    /// <summary>Chooses a way by a condition.</summary>
    [JsonStringEnumMemberName("decision")] Decision,

    /// <summary>Speaks to another system.</summary>
    [JsonStringEnumMemberName("connecting")] Connecting,

    /// <summary>Orders the scenario itself: delays, joins, tasks, the end.</summary>
    [JsonStringEnumMemberName("flow")] Flow,
}

/// <summary>How bad a problem is: an error forbids publishing, a warning does not, an information only tells.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CanvasSeverity>))]
public enum CanvasSeverity
{
    /// <summary>Publishing is refused.</summary>
    [JsonStringEnumMemberName("error")] Error,

    /// <summary>Publishing is possible, after thought.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>Worth knowing.</summary>
    [JsonStringEnumMemberName("info")] Info,
}

/// <summary>One outcome of a step.</summary>
/// <param name="Id">The outcome's name in the definition; the same in every language.</param>
/// <param name="Label">What the reader sees.</param>
public sealed record CanvasPort(string Id, string Label);

/// <summary>One step as a card.</summary>
public sealed record CanvasNode
{
    /// <summary>The step's id in the definition.</summary>
    public required string Id { get; init; }

    /// <summary>The activity's type name, as the definition stores it.</summary>
    public required string Type { get; init; }

    /// <summary>The step's name.</summary>
    public required string Title { get; init; }

    /// <summary>What the step does with its present settings; two lines of about 35 letters read best, three is the most shown.</summary>
    public required string Sentence { get; init; }

    /// <summary>The name of a Material Symbol.</summary>
    public required string Icon { get; init; }

    /// <summary>What the step is about.</summary>
    public required CanvasCategory Category { get; init; }

    /// <summary>The outcomes, from left to right; the first is the way things go when all is well.</summary>
    public required IReadOnlyList<CanvasPort> Ports { get; init; }

    /// <summary>The card's left edge in pixels of the canvas; absent when nobody has placed the step.</summary>
    public double? X { get; init; }

    /// <summary>The card's upper edge in pixels of the canvas; absent when nobody has placed the step.</summary>
    public double? Y { get; init; }

    /// <summary>False for triggers: nothing leads to them.</summary>
    public bool HasInput { get; init; } = true;

    /// <summary>A word or two in the card's corner, such as "Start" or "Paused".</summary>
    public string? Badge { get; init; }

    /// <summary>Whether the two say the same, outcomes included.</summary>
    public bool SameAs(CanvasNode other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Ports.SequenceEqual(other.Ports) && this with { Ports = other.Ports } == other;
    }
}

/// <summary>A way from one outcome of a step to the next step.</summary>
/// <param name="Id">The connection's id.</param>
/// <param name="Source">The step it leaves.</param>
/// <param name="SourcePort">The outcome it leaves by.</param>
/// <param name="Target">The step it leads to.</param>
/// <param name="Label">What stands on it; where absent, the outcome's label when the source has more than one.</param>
public sealed record CanvasEdge(string Id, string Source, string SourcePort, string Target, string? Label = null)
{
    private const char Between = '|';

    /// <summary>The id of a connection: a drawing has at most one from an outcome to a step.</summary>
    public static string IdOf(string source, string sourcePort, string target) => string.Join(Between, source, sourcePort, target);

    /// <summary>What an id names.</summary>
    public static (string Source, string SourcePort, string Target) Parts(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var (first, last) = (id.IndexOf(Between, StringComparison.Ordinal), id.LastIndexOf(Between));
        return first < 0 || first == last ? (id, "", "") : (id[..first], id[(first + 1)..last], id[(last + 1)..]);
    }
}

/// <summary>A scenario's graph at one revision.</summary>
/// <param name="Revision">Raised by every change, layout included.</param>
/// <param name="Nodes">The steps.</param>
/// <param name="Edges">The ways between them.</param>
public sealed record CanvasDocument(long Revision, IReadOnlyList<CanvasNode> Nodes, IReadOnlyList<CanvasEdge> Edges)
{
    /// <summary>A scenario without any step.</summary>
    public static CanvasDocument Empty { get; } = new(0, [], []);
}

/// <summary>What stands at one step now.</summary>
/// <param name="Cases">Cases waiting at the step.</param>
/// <param name="OpenMinor">Their open amount, in minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Formatted">The open amount as the reader's culture writes it.</param>
public sealed record StepFigures(long Cases, long OpenMinor, string Currency, string Formatted);

/// <summary>Cases and money on the map, by step id; steps without an entry show none.</summary>
/// <param name="Nodes">The figures by step id.</param>
public sealed record CanvasOverlay(IReadOnlyDictionary<string, StepFigures> Nodes);

/// <summary>Something wrong with the scenario.</summary>
/// <param name="NodeId">The step it concerns; absent when it concerns the whole, which the canvas does not show.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What is wrong and what to do, in the reader's language.</param>
public sealed record CanvasProblem(string? NodeId, CanvasSeverity Severity, string Message);

/// <summary>Where a step was put.</summary>
/// <param name="Id">The step.</param>
/// <param name="X">Its left edge, in pixels of the canvas.</param>
/// <param name="Y">Its upper edge, in pixels of the canvas.</param>
public sealed record CanvasPlacement(string Id, double X, double Y);
