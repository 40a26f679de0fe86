namespace CentralPay.Workflows.Payments.Debits;

/// <summary>Asks for what is owed on an invoice to be debited.</summary>
public sealed record NewDebit
{
    /// <summary>The most days a debit is announced ahead.</summary>
    public const int MostNoticeDays = 60;

    /// <summary>The invoice.</summary>
    public required Guid InvoiceId { get; init; }

    /// <summary>The key of the effect that hands it to the gateway; asking twice under one key is asking once.</summary>
    public required string Key { get; init; }

    /// <summary>Calendar days between the notice to the customer and the debit: 14 unless agreed otherwise, 0 to 60.</summary>
    public int NoticeDays { get; init; } = 14;

    /// <summary>Not debited before this day; null for as soon as possible.</summary>
    public DateOnly? NotBefore { get; init; }

    /// <summary>The case that asks; null for none.</summary>
    public Guid? CaseId { get; init; }
}

/// <summary>Asks for a failed direct debit to be tried again.</summary>
public sealed record RetryOfDebit
{
    /// <summary>The most TARGET days a retry waits.</summary>
    public const int MostWaitDays = 30;

    /// <summary>The debit that failed.</summary>
    public required Guid DebitId { get; init; }

    /// <summary>The key of the effect that hands the next one to the gateway.</summary>
    public required string Key { get; init; }

    /// <summary>TARGET days to wait, 1 to 30.</summary>
    public int WaitDays { get; init; } = 3;

    /// <summary>The case that asks; null for none.</summary>
    public Guid? CaseId { get; init; }
}
