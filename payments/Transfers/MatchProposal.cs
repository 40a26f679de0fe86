using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>What a person may book a transfer to with one key: the invoices, the reasons, and how much speaks for it.</summary>
public sealed record MatchProposal
{
    /// <summary>What would be booked to each invoice; together the transfer's amount.</summary>
    public required IReadOnlyList<MatchPart> Parts { get; init; }

    /// <summary>What speaks for and against it.</summary>
    public required IReadOnlyList<MatchReason> Reasons { get; init; }

    /// <summary>From 1 to 99: how much speaks for it.</summary>
    public required int Confidence { get; init; }
}

/// <summary>A part of a transfer and the invoice it is for.</summary>
/// <param name="InvoiceId">The invoice.</param>
/// <param name="Amount">What is booked to it, above zero; beyond what is owed it becomes the customer's credit.</param>
public sealed record MatchPart(Guid InvoiceId, Money Amount);

/// <summary>How a transfer is shared out over debts. Pure.</summary>
internal static class MatchParts
{
    /// <summary>Each debt gets what is owed on it, the last one the rest: never more than the transfer, never less.</summary>
    internal static IReadOnlyList<MatchPart> Of(Money amount, IReadOnlyList<Invoices.Invoice> invoices)
    {
        var parts = new List<MatchPart>(invoices.Count);
        var rest = amount;
        for (var index = 0; index < invoices.Count && rest.IsPositive; index++)
        {
            var invoice = invoices[index];
            var isLast = index == invoices.Count - 1;
            var part = isLast || invoice.Open.Currency != rest.Currency ? rest : Money.Min(rest, invoice.Open);
            if (part.IsPositive)
            {
                parts.Add(new MatchPart(invoice.Id, part));
                rest -= part;
            }
        }

        return parts;
    }
}
