using CentralPay.Workflows.Payments.Receipts;

namespace CentralPay.Workflows.Payments.Figures;

/// <summary>Where the money of the invoices due in one month went, or stands. Each euro stands in one share.</summary>
public sealed record MonthFlow
{
    /// <summary>The first day of the month.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Its last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The currency.</summary>
    public required string Currency { get; init; }

    /// <summary>The shares with something in them, in the order of their ends.</summary>
    public required IReadOnlyList<FlowShare> Shares { get; init; }

    /// <summary>All of it, in minor units.</summary>
    public long TotalMinor => Shares.Sum(share => share.AmountMinor);
}

/// <summary>Money of one way through the month.</summary>
/// <param name="Reminded">Whether a reminder about its invoice was sent.</param>
/// <param name="End">Where it ended or stands.</param>
/// <param name="Method">How it was paid; null for what was not.</param>
/// <param name="AmountMinor">The money, above zero.</param>
public sealed record FlowShare(bool Reminded, FlowEnd End, PaymentMethod? Method, long AmountMinor);

/// <summary>Where money of a month ended or stands.</summary>
public enum FlowEnd
{
    /// <summary>Received from the payer.</summary>
    Paid,

    /// <summary>No longer owed without a payment on it: a credit, a correction, given up.</summary>
    Settled,

    /// <summary>Owed, and promised by a day that has not passed.</summary>
    Promised,

    /// <summary>Owed, and contested.</summary>
    Disputed,

    /// <summary>Owed, and past its due date.</summary>
    Overdue,

    /// <summary>Owed, and not yet due.</summary>
    NotYetDue,
}

/// <summary>What was found about a month, before each euro has its share.</summary>
/// <param name="Reminded">Whether a reminder about the invoices was sent.</param>
/// <param name="State">How what is owed on them stands.</param>
/// <param name="AmountMinor">Invoiced.</param>
/// <param name="OpenMinor">Still owed.</param>
public sealed record DueSum(bool Reminded, FlowEnd State, long AmountMinor, long OpenMinor);

/// <summary>What was received on the invoices of a month.</summary>
/// <param name="Reminded">Whether a reminder about the invoices was sent.</param>
/// <param name="Method">How.</param>
/// <param name="AmountMinor">What of it paid these invoices.</param>
public sealed record PaidSum(bool Reminded, PaymentMethod Method, long AmountMinor);

/// <summary>Gives each euro of a month its share. Pure.</summary>
public static class MonthFlows
{
    /// <summary>The shares: what is owed by its state, what was paid by its method, and the rest of what was invoiced as settled.</summary>
    public static IReadOnlyList<FlowShare> Of(IReadOnlyList<DueSum> due, IReadOnlyList<PaidSum> paid)
    {
        ArgumentNullException.ThrowIfNull(due);
        ArgumentNullException.ThrowIfNull(paid);
        var shares = new List<FlowShare>();
        foreach (var reminded in new[] { true, false })
        {
            var invoiced = due.Where(sum => sum.Reminded == reminded).Sum(sum => sum.AmountMinor - sum.OpenMinor);
            shares.AddRange(due.Where(sum => sum.Reminded == reminded).GroupBy(sum => sum.State)
                .Select(state => new FlowShare(reminded, state.Key, null, state.Sum(sum => sum.OpenMinor))));
            var received = paid.Where(sum => sum.Reminded == reminded).GroupBy(sum => sum.Method)
                .Select(method => new FlowShare(reminded, FlowEnd.Paid, method.Key, method.Sum(sum => sum.AmountMinor))).ToList();
            shares.AddRange(received);
            shares.Add(new FlowShare(reminded, FlowEnd.Settled, null, invoiced - received.Sum(share => share.AmountMinor)));
        }

        // A correction below what was paid leaves less than nothing to settle: the difference is the customer's credit, not this month's.
        return [.. shares.Where(share => share.AmountMinor > 0).OrderBy(share => share.End).ThenBy(share => share.Method).ThenByDescending(share => share.Reminded)];
    }
}
