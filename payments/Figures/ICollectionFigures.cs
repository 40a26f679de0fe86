namespace CentralPay.Workflows.Payments.Figures;

/// <summary>The figures of the live page, computed from committed rows. Scoped to a merchant.</summary>
public interface ICollectionFigures
{
    /// <summary>All figures at one business instant.</summary>
    ValueTask<CollectionFigures> AtAsync(DateTimeOffset now, CancellationToken cancellationToken = default);
}

/// <summary>Where the euros stand. All amounts in minor units of the merchant's currency.</summary>
public sealed record CollectionFigures
{
    /// <summary>The business instant they hold for.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The currency.</summary>
    public required string Currency { get; init; }

    /// <summary>Received since midnight, in the merchant's time zone.</summary>
    public required long CollectedTodayMinor { get; init; }

    /// <summary>Owed on open invoices.</summary>
    public required long OutstandingMinor { get; init; }

    /// <summary>Of that, past its due date.</summary>
    public required long OverdueMinor { get; init; }

    /// <summary>Owed to customers who paid too much.</summary>
    public required long CustomerCreditMinor { get; init; }

    /// <summary>Invoices with something owed.</summary>
    public required int OpenInvoices { get; init; }

    /// <summary>Of those, past their due date.</summary>
    public required int OverdueInvoices { get; init; }

    /// <summary>Tasks that wait for somebody.</summary>
    public required int OpenTasks { get; init; }

    /// <summary>Incidents that wait for a decision.</summary>
    public required int OpenIncidents { get; init; }

    /// <summary>Payouts that wait for a signature.</summary>
    public int PayoutsToSign { get; init; }

    /// <summary>Cases that run.</summary>
    public required int RunningCases { get; init; }

    /// <summary>Transfers received, and how many of them were identified.</summary>
    public required int TransfersReceived { get; init; }

    /// <summary>Transfers that found their invoice.</summary>
    public required int TransfersIdentified { get; init; }

    /// <summary>Overdue by age in days past due: 1-30, 31-60, 61-90, over 90.</summary>
    public required IReadOnlyList<AgeBand> OverdueByAge { get; init; }

    /// <summary>How long sales wait for their money.</summary>
    public required DsoFigures Dso { get; init; }

    /// <summary>Received per day, the last seven days, oldest first.</summary>
    public required IReadOnlyList<DayAmount> CollectedByDay { get; init; }
}

/// <summary>Overdue money of one age.</summary>
public sealed record AgeBand(int FromDays, int? ToDays, long AmountMinor, int Invoices);

/// <summary>An amount of one day.</summary>
public sealed record DayAmount(DateOnly Day, long AmountMinor);
