using CentralPay.Workflows.Payments.Figures;

namespace CentralPay.Workflows.Designer.Overview;

/// <summary>A box of the diagram: money at one stage of its way. Lengths in the drawing's own units.</summary>
/// <param name="Key">What it is: <c>due</c>, <c>reminded</c>, <c>unreminded</c>, or an end.</param>
/// <param name="Share">The end it stands for; null before the end.</param>
/// <param name="AmountMinor">The money in it.</param>
/// <param name="X">Its left edge.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Height">Its height.</param>
public sealed record FlowBox(string Key, FlowShare? Share, long AmountMinor, double X, double Y, double Height);

/// <summary>A ribbon from one box to another, as wide as the money that went.</summary>
public sealed record FlowRibbon(FlowBox From, FlowBox To, long AmountMinor, double FromY, double ToY, double Width);

/// <summary>
/// The month's money drawn as a Sankey: due, reminded or not, and where it ended. Widths are the money's share of all of it; boxes
/// keep room for their two lines of words. Pure.
/// </summary>
public sealed record FlowDiagram(IReadOnlyList<FlowBox> Boxes, IReadOnlyList<FlowRibbon> Ribbons, double Height)
{
    /// <summary>How wide a box is.</summary>
    public const double BoxWidth = 12;

    /// <summary>How wide the drawing is.</summary>
    public const double Width = 640;

    private const double MoneyHeight = 230;
    private const double WordsHeight = 36;
    private const double LeastHeight = 2;

    private static readonly double[] columns = [0, 190, 440];

    /// <summary>Draws a month; null where nothing is due.</summary>
    public static FlowDiagram? Of(MonthFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (flow.TotalMinor <= 0)
        {
            return null;
        }

        var scale = MoneyHeight / flow.TotalMinor;
        var ends = flow.Shares.GroupBy(share => (share.End, share.Method)).Select(end => (Share: end.First(), AmountMinor: end.Sum(share => share.AmountMinor))).ToList();
        var stages = flow.Shares.GroupBy(share => share.Reminded).OrderByDescending(stage => stage.Key).Select(stage => (Reminded: stage.Key, AmountMinor: stage.Sum(share => share.AmountMinor))).ToList();
        var last = Stacked(columns[2], ends.Select(end => (KeyOf(end.Share), (FlowShare?)end.Share, end.AmountMinor)), scale);
        var middle = Stacked(columns[1], stages.Select(stage => (stage.Reminded ? "reminded" : "unreminded", (FlowShare?)null, stage.AmountMinor)), scale);
        var first = Stacked(columns[0], [("due", null, flow.TotalMinor)], scale);
        var height = Math.Max(Bottom(last), Math.Max(Bottom(middle), Bottom(first)));
        return new FlowDiagram([.. first, .. middle, .. last], [.. Flowing(first[0], middle, last, flow, scale)], height);
    }

    /// <summary>The name of an end: <c>Paid.Card</c>, <c>Overdue</c>.</summary>
    public static string KeyOf(FlowShare share)
    {
        ArgumentNullException.ThrowIfNull(share);
        return share.Method is { } method ? $"{share.End}.{method}" : share.End.ToString();
    }

    private static List<FlowBox> Stacked(double x, IEnumerable<(string Key, FlowShare? Share, long AmountMinor)> boxes, double scale)
    {
        var stacked = new List<FlowBox>();
        var y = 0.0;
        foreach (var (key, share, amountMinor) in boxes)
        {
            var height = Math.Max(LeastHeight, amountMinor * scale);
            stacked.Add(new FlowBox(key, share, amountMinor, x, y, height));
            y += Math.Max(height, WordsHeight) + 8;
        }

        return stacked;
    }

    private static double Bottom(List<FlowBox> boxes) => boxes.Max(box => box.Y + Math.Max(box.Height, WordsHeight));

    private static IEnumerable<FlowRibbon> Flowing(FlowBox due, List<FlowBox> stages, List<FlowBox> ends, MonthFlow flow, double scale)
    {
        var left = new Dictionary<string, double>();
        foreach (var stage in stages)
        {
            yield return Ribbon(due, stage, stage.AmountMinor);
        }

        foreach (var end in ends)
        {
            foreach (var share in flow.Shares.Where(share => KeyOf(share) == end.Key).OrderByDescending(share => share.Reminded))
            {
                yield return Ribbon(stages.Single(stage => stage.Key == (share.Reminded ? "reminded" : "unreminded")), end, share.AmountMinor);
            }
        }

        FlowRibbon Ribbon(FlowBox from, FlowBox to, long amountMinor)
        {
            var width = Math.Max(LeastHeight / 2, amountMinor * scale);
            var ribbon = new FlowRibbon(from, to, amountMinor, from.Y + left.GetValueOrDefault($"from {from.Key}"), to.Y + left.GetValueOrDefault($"to {to.Key}"), width);
            left[$"from {from.Key}"] = left.GetValueOrDefault($"from {from.Key}") + width;
            left[$"to {to.Key}"] = left.GetValueOrDefault($"to {to.Key}") + width;
            return ribbon;
        }
    }
}
