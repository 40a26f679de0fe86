using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>A share to be booked.</summary>
public sealed record NewSplit
{
    /// <summary>The asking step's key: asked twice is booked once.</summary>
    public required string Key { get; init; }

    /// <summary>Whose share: the code of a third party.</summary>
    public required string Beneficiary { get; init; }

    /// <summary>The invoice that was paid.</summary>
    public required Guid InvoiceId { get; init; }

    /// <summary>How large the share is.</summary>
    public required ShareTerms Terms { get; init; }

    /// <summary>The case that asks; null outside any.</summary>
    public Guid? CaseId { get; init; }
}

/// <summary>
/// Books third parties' shares in paid invoices: each is what the terms make of the money that was collected, no more and no
/// less. When money is taken back the share follows, and what was paid out too much is netted by the next payout.
/// </summary>
public sealed class SplitBook(IMerchantRecords records, TimeProvider time, ICurrentActor current, AuditLog audit, ICaseOrigins origins)
{
    private const int MaxPerInvoice = 1000;

    /// <summary>
    /// Appends what brings the beneficiary's share in an invoice to what the terms say; null when there is nothing to book.
    /// Needs <see cref="Permissions.ProposePayouts"/>. Throws <see cref="RuleViolationException"/> for terms out of range, an
    /// unknown beneficiary or invoice, and shares that together are more than was collected.
    /// </summary>
    public async Task<Split?> BookAsync(NewSplit ask, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ask);
        current.Actor.Require(Permissions.ProposePayouts);
        Check(ask.Terms);
        var key = ask.Key;
        if (await records.ListAsync<Split>(split => split.Key == key, 1, cancellationToken) is [var before])
        {
            return before;
        }

        var beneficiary = await ThirdPartyAsync(ask.Beneficiary, cancellationToken);
        var invoice = await records.FindAsync<Invoice>(ask.InvoiceId, cancellationToken) ?? throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceUnknown);
        if (ask.Terms.FixedMinor is { } sum && AmountLimit.Broken("share", invoice.Amount with { AmountMinor = sum }) is { } tooLarge)
        {
            throw new RuleViolationException([tooLarge]);
        }

        var booked = await OfInvoiceAsync(invoice.Id, cancellationToken);
        var others = booked.Where(split => split.BeneficiaryId != beneficiary.Id).Sum(split => split.Amount.AmountMinor);
        var mine = booked.Where(split => split.BeneficiaryId == beneficiary.Id).Sum(split => split.Amount.AmountMinor);
        var collected = Collected(invoice);
        var wanted = ask.Terms.Of(collected).Share;
        if (wanted.AmountMinor + others > collected.AmountMinor)
        {
            throw RuleViolationException.Of("share", RuleCodes.ShareTooLarge, ("number", invoice.Number));
        }

        if (wanted.AmountMinor <= mine)
        {
            return null;
        }

        var publisher = ask.CaseId is { } caseId ? (await origins.PublishersAsync([caseId], cancellationToken)).GetValueOrDefault(caseId) : null;
        return Append(
            Of(invoice, beneficiary.Id, SplitKind.Share, ask.Terms, collected, wanted.AmountMinor - mine, await AvailableAtAsync(invoice, cancellationToken), key) with
            {
                CaseId = ask.CaseId,
                PublishedBy = publisher,
            });
    }

    /// <summary>
    /// Appends what the shares in invoices changed by, after their collected money went down or came back. To be called in the
    /// unit of work that takes the money back; a second call changes nothing. Answers what was booked.
    /// </summary>
    public async Task<IReadOnlyList<Split>> ReviewAsync(IReadOnlyCollection<Guid> invoiceIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(invoiceIds);
        if (invoiceIds.Count == 0)
        {
            return [];
        }

        var ids = invoiceIds.Distinct().ToList();
        var splits = await records.ListAsync<Split>(split => ids.Contains(split.InvoiceId), ids.Count * MaxPerInvoice, cancellationToken);
        if (splits.Count == 0)
        {
            return [];
        }

        var invoices = (await records.ListAsync<Invoice>(invoice => ids.Contains(invoice.Id), ids.Count, cancellationToken)).ToDictionary(invoice => invoice.Id);
        var changes = new List<Split>();
        foreach (var ofOne in splits.GroupBy(split => (split.InvoiceId, split.BeneficiaryId)))
        {
            var invoice = invoices[ofOne.Key.InvoiceId];
            var terms = ofOne.Last(split => split.Kind == SplitKind.Share).Terms();
            var booked = ofOne.Sum(split => split.Amount.AmountMinor);
            var difference = terms.Of(Collected(invoice)).Share.AmountMinor - booked;

            // A share only grows when a step says so: more money on the invoice is another split's business, money that comes back is ours.
            var most = ofOne.Where(split => split.Kind == SplitKind.TakenBack).Sum(split => -split.Amount.AmountMinor);
            difference = Math.Min(difference, most);
            if (difference != 0)
            {
                var availableAt = difference < 0 ? time.GetUtcNow() : await AvailableAtAsync(invoice, cancellationToken);
                changes.Add(Append(Of(invoice, ofOne.Key.BeneficiaryId, SplitKind.TakenBack, terms, Collected(invoice), difference, availableAt, $"review:{ofOne.Key.BeneficiaryId:N}:{invoice.Id:N}:{ofOne.Count()}")));
            }
        }

        return changes;
    }

    /// <summary>All bookings of an invoice, oldest first. Needs <see cref="Permissions.Read"/>.</summary>
    public async Task<IReadOnlyList<Split>> OfInvoiceAsync(Guid invoiceId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return await records.ListAsync<Split>(split => split.InvoiceId == invoiceId, MaxPerInvoice, cancellationToken);
    }

    private async Task<Beneficiary> ThirdPartyAsync(string code, CancellationToken cancellationToken)
    {
        var found = await records.ListAsync<Beneficiary>(beneficiary => beneficiary.Code == code, 1, cancellationToken);
        return found is [{ Kind: BeneficiaryKind.ThirdParty, Archived: false } beneficiary] ? beneficiary : throw RuleViolationException.Of("beneficiary", RuleCodes.BeneficiaryUnknown, ("code", code));
    }

    private static void Check(ShareTerms terms)
    {
        if (terms.BasisPoints is < 0 or > ShareTerms.Whole || (terms.FixedMinor is null && terms.BasisPoints == 0) || terms.FixedMinor is <= 0)
        {
            throw RuleViolationException.Of("share", RuleCodes.ShareOutOfRange);
        }
    }

    private static Money Collected(Invoice invoice) => invoice.Status == InvoiceStatus.Cancelled ? Money.Zero(invoice.Amount.Currency) : invoice.Amount - invoice.Open;

    private async Task<DateTimeOffset> AvailableAtAsync(Invoice invoice, CancellationToken cancellationToken)
    {
        var merchant = await records.MerchantAsync(cancellationToken);
        var payments = await records.ListAsync<Payment>(payment => payment.InvoiceId == invoice.Id && payment.State != PaymentState.Returned && payment.State != PaymentState.Unmatched, MaxPerInvoice, cancellationToken);
        return payments.Select(payment => FundsCalendar.AvailableAt(payment.Method, payment.ReceivedAt, merchant)).Append(time.GetUtcNow()).Max();
    }

    private Split Of(Invoice invoice, Guid beneficiaryId, SplitKind kind, ShareTerms terms, Money basis, long amountMinor, DateTimeOffset availableAt, string key) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = records.MerchantId,
        Key = key,
        BeneficiaryId = beneficiaryId,
        InvoiceId = invoice.Id,
        CustomerId = invoice.CustomerId,
        Kind = kind,
        Basis = basis,
        BasisPoints = terms.FixedMinor is null ? terms.BasisPoints : 0,
        FixedMinor = terms.FixedMinor,
        Rounding = terms.Rounding,
        Amount = basis with { AmountMinor = amountMinor },
        AvailableAt = availableAt,
        BookedAt = time.GetUtcNow(),
        AskedBy = current.Actor.Id,
    };

    private Split Append(Split split)
    {
        records.Add(split);
        records.Post(Postings.ShareBooked(split));
        audit.Write(split.Kind == SplitKind.Share ? "split.booked" : "split.taken_back", $"split:{split.Id}", new { split.BeneficiaryId, split.InvoiceId, split.Amount.AmountMinor, split.Amount.Currency, split.BasisPoints });
        return split;
    }
}
