using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Server.Payer;

/// <summary>What a payer sees of one payment request.</summary>
internal sealed record PayerView
{
    public required PayerState State { get; init; }
    public required string Token { get; init; }
    public required string MerchantName { get; init; }
    public required string MerchantEmail { get; init; }
    public required string InvoiceNumber { get; init; }
    public string? Description { get; init; }
    public required DateOnly DueDate { get; init; }
    public required bool IsOverdue { get; init; }

    /// <summary>What was invoiced.</summary>
    public required Money Amount { get; init; }

    /// <summary>What is still owed of it: the page shows it, and takes no more.</summary>
    public required Money Remaining { get; init; }

    public Uri? CardPage { get; init; }
    public string? Iban { get; init; }
    public required string Reference { get; init; }

    /// <summary>What is offered or said about direct debit; null where the merchant takes none.</summary>
    public DebitOffer? Debit { get; init; }

    public Money Paid => Amount - Remaining;
}

/// <summary>What the page has to say.</summary>
internal enum PayerState
{
    /// <summary>Something is to be paid.</summary>
    ToPay,

    /// <summary>The gateway has not made its page yet.</summary>
    Preparing,

    /// <summary>The payer came back from the gateway; what happened there is being asked.</summary>
    Checking,

    /// <summary>The money will be debited: nothing is left to do.</summary>
    Debited,

    /// <summary>Nothing is owed any more.</summary>
    Paid,

    /// <summary>Cancelled or expired.</summary>
    Ended,
}

/// <summary>How far direct debit is with a payer.</summary>
/// <param name="Step">What comes next.</param>
/// <param name="Day">The day of the debit, where one can be or was made.</param>
/// <param name="AccountEnding">The end of the account's IBAN, once it is known.</param>
/// <param name="Amount">What is debited, where a debit was made; null otherwise.</param>
internal sealed record DebitOffer(DebitStep Step, DateOnly? Day = null, string? AccountEnding = null, Money? Amount = null);

/// <summary>What comes next with direct debit.</summary>
internal enum DebitStep
{
    /// <summary>The payer may sign a mandate.</summary>
    Sign,

    /// <summary>The gateway makes the page for signing, or is asked whether it was signed.</summary>
    Wait,

    /// <summary>The payer may be debited.</summary>
    Pay,

    /// <summary>A debit is under way.</summary>
    UnderWay,
}
