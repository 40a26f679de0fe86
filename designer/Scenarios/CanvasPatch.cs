using System.Text.Json.Serialization;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>A change of what the canvas shows.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AddNode), "AddNode")]
[JsonDerivedType(typeof(UpdateNode), "UpdateNode")]
[JsonDerivedType(typeof(RemoveNode), "RemoveNode")]
[JsonDerivedType(typeof(MoveNode), "MoveNode")]
[JsonDerivedType(typeof(AddEdge), "AddEdge")]
[JsonDerivedType(typeof(RemoveEdge), "RemoveEdge")]
public abstract record CanvasOperation;

/// <summary>A step appears.</summary>
public sealed record AddNode(CanvasNode Node) : CanvasOperation;

/// <summary>A step says or offers something else.</summary>
public sealed record UpdateNode(CanvasNode Node) : CanvasOperation;

/// <summary>A step goes, and its connections with it.</summary>
public sealed record RemoveNode(string Id) : CanvasOperation;

/// <summary>A step stands elsewhere.</summary>
public sealed record MoveNode(string Id, double X, double Y) : CanvasOperation;

/// <summary>A connection appears.</summary>
public sealed record AddEdge(CanvasEdge Edge) : CanvasOperation;

/// <summary>A connection goes.</summary>
public sealed record RemoveEdge(string Id) : CanvasOperation;

/// <summary>The shortest way from one document to another: what goes to the browser instead of the whole graph.</summary>
public static class CanvasPatch
{
    /// <summary>The operations that make <paramref name="before"/> into <paramref name="after"/>; none when they show the same.</summary>
    public static IReadOnlyList<CanvasOperation> Between(CanvasDocument before, CanvasDocument after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var nodesBefore = before.Nodes.ToDictionary(node => node.Id);
        var nodesAfter = after.Nodes.Select(node => node.Id).ToHashSet();
        var edgesBefore = before.Edges.ToDictionary(edge => edge.Id);
        var edgesAfter = after.Edges.ToDictionary(edge => edge.Id);
        // Ways go first and come last: at no point does one lead to a step that is not there.
        return
        [
            .. before.Edges.Where(edge => edgesAfter.GetValueOrDefault(edge.Id) != edge).Select(edge => new RemoveEdge(edge.Id)),
            .. before.Nodes.Where(node => !nodesAfter.Contains(node.Id)).Select(node => new RemoveNode(node.Id)),
            .. after.Nodes.Select(node => Change(nodesBefore.GetValueOrDefault(node.Id), node)).OfType<CanvasOperation>(),
            .. after.Edges.Where(edge => edgesBefore.GetValueOrDefault(edge.Id) != edge).Select(edge => new AddEdge(edge)),
        ];
    }

    private static CanvasOperation? Change(CanvasNode? before, CanvasNode after)
    {
        if (before is null)
            return new AddNode(after);
        if (before.SameAs(after))
            return null;
        return after is { X: { } x, Y: { } y } && (before with { X = x, Y = y }).SameAs(after) ? new MoveNode(after.Id, x, y) : new UpdateNode(after);
    }
}
