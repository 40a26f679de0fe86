namespace CentralPay.Workflows.Payments.Figures;

/// <summary>What the figures were, and the way of a month's money: heavier than the figures of the moment. Scoped to a merchant.</summary>
public interface ICollectionHistory
{
    /// <summary>The last seven days in the merchant's time zone, oldest first, today as it stands last.</summary>
    ValueTask<IReadOnlyList<DayFigures>> WeekAsync(DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Where the money of the invoices due in the current month went, or stands.</summary>
    ValueTask<MonthFlow> MonthAsync(DateTimeOffset now, CancellationToken cancellationToken = default);
}

/// <summary>The figures at the end of a day; of today, as they stand. Amounts in minor units of the merchant's currency.</summary>
public sealed record DayFigures
{
    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Received on the day.</summary>
    public required long CollectedMinor { get; init; }

    /// <summary>Owed at its end.</summary>
    public required long OutstandingMinor { get; init; }

    /// <summary>Of that, past its due date.</summary>
    public required long OverdueMinor { get; init; }

    /// <summary>The standard days of sales outstanding; null where nothing was sold in the period.</summary>
    public required decimal? DsoDays { get; init; }

    /// <summary>Transfers received on the day.</summary>
    public required int TransfersReceived { get; init; }

    /// <summary>Of those, identified by now.</summary>
    public required int TransfersIdentified { get; init; }
}
