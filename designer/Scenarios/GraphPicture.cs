using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>A scenario's graph as small shapes: where its steps stand and how they lead on, without a word.</summary>
/// <param name="Boxes">The steps.</param>
/// <param name="Ways">The connections, from the lower edge of one step to the upper edge of the next.</param>
/// <param name="Width">Of the whole, in pixels of the canvas.</param>
/// <param name="Height">Of the whole, in pixels of the canvas.</param>
public sealed record GraphPicture(IReadOnlyList<PictureBox> Boxes, IReadOnlyList<PictureWay> Ways, double Width, double Height)
{
    /// <summary>The width of a step, as on the canvas.</summary>
    public const double BoxWidth = 232;

    /// <summary>The height of a step: what most cards have on the canvas.</summary>
    public const double BoxHeight = 96;

    private const double GapAcross = 40;
    private const double GapDown = 72;

    /// <summary>The picture of a canvas document; steps that nobody placed stand in rows by their distance from the start.</summary>
    public static GraphPicture Of(CanvasDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var places = document.Nodes.All(node => node is { X: not null, Y: not null })
            ? document.Nodes.ToDictionary(node => node.Id, node => new CanvasPosition(node.X!.Value, node.Y!.Value))
            : InRows(document);
        var left = places.Values.Select(place => place.X).DefaultIfEmpty().Min();
        var top = places.Values.Select(place => place.Y).DefaultIfEmpty().Min();
        var boxes = document.Nodes.Select(node => new PictureBox(node.Id, node.Category, places[node.Id].X - left, places[node.Id].Y - top)).ToDictionary(box => box.Id);
        return new GraphPicture(
            [.. boxes.Values],
            [.. document.Edges.Where(edge => boxes.ContainsKey(edge.Source) && boxes.ContainsKey(edge.Target)).Select(edge => Way(document, edge, boxes))],
            boxes.Values.Select(box => box.X + BoxWidth).DefaultIfEmpty(BoxWidth).Max(),
            boxes.Values.Select(box => box.Y + BoxHeight).DefaultIfEmpty(BoxHeight).Max());
    }

    private static PictureWay Way(CanvasDocument document, CanvasEdge edge, Dictionary<string, PictureBox> boxes)
    {
        var ports = document.Nodes.First(node => node.Id == edge.Source).Ports;
        var port = ports.TakeWhile(each => each.Id != edge.SourcePort).Count();
        var share = ports.Count == 0 ? 0.5 : (Math.Min(port, ports.Count - 1) + 0.5) / ports.Count;
        var (from, to) = (boxes[edge.Source], boxes[edge.Target]);
        return new PictureWay(from.X + (BoxWidth * share), from.Y + BoxHeight, to.X + (BoxWidth / 2), to.Y);
    }

    private static Dictionary<string, CanvasPosition> InRows(CanvasDocument document)
    {
        var next = document.Edges.ToLookup(edge => edge.Source, edge => edge.Target);
        var reached = document.Edges.Select(edge => edge.Target).ToHashSet();
        var row = new Dictionary<string, int>();
        foreach (var start in document.Nodes.Where(node => !reached.Contains(node.Id)).Concat(document.Nodes))
        {
            if (row.TryAdd(start.Id, 0))
            {
                Follow(start.Id);
            }
        }

        var filled = new Dictionary<int, int>();
        return document.Nodes.ToDictionary(node => node.Id, node =>
        {
            var across = filled[row[node.Id]] = filled.GetValueOrDefault(row[node.Id]) + 1;
            return new CanvasPosition((across - 1) * (BoxWidth + GapAcross), row[node.Id] * (BoxHeight + GapDown));
        });

        void Follow(string start)
        {
            var waiting = new Queue<string>([start]);
            while (waiting.TryDequeue(out var id))
            {
                foreach (var target in next[id].Where(target => row.TryAdd(target, row[id] + 1)))
                {
                    waiting.Enqueue(target);
                }
            }
        }
    }
}

/// <summary>A step in the picture.</summary>
/// <param name="Id">The step.</param>
/// <param name="Category">What it is about: its colour.</param>
/// <param name="X">Its left edge.</param>
/// <param name="Y">Its upper edge.</param>
public sealed record PictureBox(string Id, CanvasCategory Category, double X, double Y);

/// <summary>A connection in the picture.</summary>
/// <param name="FromX">Where it leaves, across.</param>
/// <param name="FromY">Where it leaves, down.</param>
/// <param name="ToX">Where it arrives, across.</param>
/// <param name="ToY">Where it arrives, down.</param>
public sealed record PictureWay(double FromX, double FromY, double ToX, double ToY);
