namespace CentralPay.Workflows.Activities.Simulation;

/// <summary>What all simulated cases come to.</summary>
public sealed record SimulationTotals
{
    /// <summary>How many cases.</summary>
    public required int Cases { get; init; }

    /// <summary>How many ended how.</summary>
    public required IReadOnlyDictionary<CaseEnding, int> Endings { get; init; }

    /// <summary>Messages that would have left, by channel (<c>Email</c>, <c>Sms</c>).</summary>
    public required IReadOnlyDictionary<string, int> Messages { get; init; }

    /// <summary>Reminders that went along in another message to the same customer.</summary>
    public required int Merged { get; init; }

    /// <summary>Messages that were planned and not needed any more when their time came.</summary>
    public required int NotNeeded { get; init; }

    /// <summary>Payment requests made.</summary>
    public required int Requests { get; init; }

    /// <summary>Direct debits made.</summary>
    public required int Debits { get; init; }

    /// <summary>Direct debits that failed or were returned.</summary>
    public required int FailedDebits { get; init; }

    /// <summary>Tasks given to people.</summary>
    public required int Tasks { get; init; }

    /// <summary>Callbacks to the ERP.</summary>
    public required int Callbacks { get; init; }

    /// <summary>What was invoiced, and what of it was paid, by currency.</summary>
    public required IReadOnlyList<SimulatedSum> Sums { get; init; }

    /// <summary>Days from issue to payment of the invoices that were paid, on average; null where none was.</summary>
    public required decimal? AverageDaysToPayment { get; init; }

    /// <summary>What happened by week, weeks without anything left out.</summary>
    public required IReadOnlyList<SimulatedWeek> Weeks { get; init; }

    /// <summary>Where cases wait at the end.</summary>
    public required IReadOnlyList<SimulatedWait> Waiting { get; init; }

    /// <summary>What stopped cases, the most frequent first.</summary>
    public required IReadOnlyList<SimulatedStop> Stops { get; init; }

    /// <summary>How many cases passed each step, and by which outcomes.</summary>
    public required IReadOnlyDictionary<string, SimulatedStep> Steps { get; init; }
}

/// <summary>Money of one currency, in minor units.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="InvoicedMinor">What was invoiced.</param>
/// <param name="PaidMinor">What was paid of it.</param>
public sealed record SimulatedSum(string Currency, long InvoicedMinor, long PaidMinor);

/// <summary>A week, and what happened in it.</summary>
/// <param name="Monday">Its first day, as the merchant counts days.</param>
/// <param name="Currency">The currency of the money.</param>
/// <param name="PaidMinor">What was paid, in minor units.</param>
/// <param name="Messages">Messages that left about invoices of that currency.</param>
public sealed record SimulatedWeek(DateOnly Monday, string Currency, long PaidMinor, int Messages);

/// <summary>Cases that wait at a step.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Currency">The currency of what is owed.</param>
/// <param name="Cases">How many.</param>
/// <param name="OpenMinor">What is owed on them, in minor units.</param>
public sealed record SimulatedWait(string StepId, string Currency, int Cases, long OpenMinor);

/// <summary>A failure that cases met.</summary>
/// <param name="StepId">The step that failed.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Cases">How many cases met it.</param>
public sealed record SimulatedStop(string? StepId, string Message, int Cases);

/// <summary>How many cases passed a step.</summary>
/// <param name="Cases">Cases that came to it.</param>
/// <param name="Outcomes">Cases by the outcome they left it by.</param>
public sealed record SimulatedStep(int Cases, IReadOnlyDictionary<string, int> Outcomes);
