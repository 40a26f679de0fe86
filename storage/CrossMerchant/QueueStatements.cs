namespace CentralPay.Workflows.Storage.CrossMerchant;

/// <summary>
/// The statements of the work queue and the timers, as one database says them. <c>{0}</c>, <c>{1}</c>… are parameters in
/// the order that each property names. Times of leases are the database's, due times are business time.
/// </summary>
internal abstract record QueueStatements
{
    /// <summary>What runs first in the claim's transaction; nothing where one writer is all there is.</summary>
    public IReadOnlyList<string> BeforeClaim { get; init; } = [];

    /// <summary>Claims and answers items: 0 token, 1 owner, 2 lease in microseconds, 3 limit.</summary>
    public required string Claim { get; init; }

    /// <summary>
    /// Whether others wait that could have been claimed but for the limit, or but for an item of their case that is held: asked
    /// after the claim; null where the claim says it with each row, in <c>leaves_others</c>, and has one row at least.
    /// </summary>
    public string? LeavesOthers { get; init; }

    /// <summary>Whether the columns of an item are followed by those of its case, all null where it has none.</summary>
    public bool BringsCases { get; init; }

    /// <summary>Gives an item back: 0 delay in microseconds, 1 error, 2 no token, 3 merchant, 4 item, 5 token.</summary>
    public required string Release { get; init; }

    /// <summary>Turns due timers into items: 0 business instant, 1 limit. Its count of rows is the answer.</summary>
    public required string FireTimers { get; init; }

    /// <summary>Takes the due time from what was fired: 0 business instant, 1 limit; null where firing did it.</summary>
    public string? ClearTimers { get; init; }

    /// <summary>Forgets early stimuli past their time: 0 business instant, 1 limit.</summary>
    public required string ForgetEarly { get; init; }
}
