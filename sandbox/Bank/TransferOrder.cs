using CentralPay.Workflows.Sandbox.PaymentRequests;

namespace CentralPay.Workflows.Sandbox.Bank;

/// <summary>A transfer the payer orders at the pretended bank.</summary>
public sealed record TransferOrder
{
    public string? Iban { get; init; }

    /// <summary>Cents.</summary>
    public long AmountMinor { get; init; }

    public string? Currency { get; init; }
    public string? DebtorName { get; init; }
    public string? DebtorIban { get; init; }
    public string? Remittance { get; init; }
    public string? EndToEndId { get; init; }

    /// <summary>The booking day; today in Paris when absent.</summary>
    public DateOnly? ValueDate { get; init; }

    /// <summary>What is wrong, naming the field and its rule (limits of the SEPA scheme: name 70, label 140, end-to-end id 35 characters); null when it can be booked.</summary>
    public string? Problem() => this switch
    {
        _ when VirtualIban.Normalise(Iban) is null => "iban: its check digits are wrong.",
        { AmountMinor: not (> 0 and <= Amounts.LargestCents) } => $"amountMinor: {Amounts.Rule}.",
        { Currency: not "EUR" } => "currency: a SEPA transfer is in EUR.",
        { DebtorName: null or "" or { Length: > 70 } } => "debtorName: required, at most 70 characters.",
        _ when VirtualIban.Normalise(DebtorIban) is null => "debtorIban: its check digits are wrong.",
        { Remittance.Length: > 140 } => "remittance: at most 140 characters.",
        { EndToEndId.Length: > 35 } => "endToEndId: at most 35 characters.",
        _ => null,
    };
}
