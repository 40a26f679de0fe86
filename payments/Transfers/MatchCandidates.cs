using System.Globalization;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>
/// Finds the debts that a transfer may be for, by the strongest signal that leads anywhere: account number, reference, invoice
/// number; else a number with a typing error, the payer's account and name, the amount.
/// </summary>
public sealed class MatchCandidates(IMerchantRecords records)
{
    private const int MaxCandidates = 20;
    private const int MaxEarlierTransfers = 50;
    private const int MaxPayers = 10;
    private const int MaxItemsOfPayers = 200;
    private const int MaxNamesLookedAt = 200;
    private const int ShortestTellingWord = 4;
    private const int NumbersPerQuery = 500;

    internal async Task<MatchFindings> FindAsync(IncomingTransfer transfer, CancellationToken cancellationToken)
    {
        var byAccount = await ByRequestAsync(await OnAccountAsync(transfer, cancellationToken), request => new MatchReason(MatchReasons.VirtualIban, request.VirtualIban), isDedicated: true, transfer, cancellationToken);
        if (byAccount.Count > 0)
        {
            return new MatchFindings(byAccount);
        }

        var byReference = await ByRequestAsync(await WithReferenceAsync(transfer, cancellationToken), request => new MatchReason(MatchReasons.Reference, request.Reference), isDedicated: false, transfer, cancellationToken);
        if (byReference.Count > 0)
        {
            return new MatchFindings(WithSum(transfer, byReference));
        }

        var shapes = await NumberShapes.OfAsync(records, cancellationToken);
        var shaped = shapes.NumbersIn(transfer.Remittance, transfer.EndToEndId, transfer.OtherReferences);
        var byNumber = await ByNumberAsync(transfer, shaped, cancellationToken);
        if (byNumber.Count > 0)
        {
            return new MatchFindings(WithSum(transfer, byNumber));
        }

        // Only what the payer wrote: the bank's own references are made of letters and digits too.
        var unknown = shapes.NumbersIn(transfer.Remittance).Where(shapes.IsDistinctive).Order(StringComparer.Ordinal).FirstOrDefault();
        return new MatchFindings(await WithoutReferenceAsync(transfer, shapes, cancellationToken), unknown);
    }

    private async Task<IReadOnlyList<PaymentRequest>> OnAccountAsync(IncomingTransfer transfer, CancellationToken cancellationToken) =>
        transfer.CreditorIban is { } iban ? await records.ListAsync<PaymentRequest>(request => request.VirtualIban == iban, MaxCandidates, cancellationToken) : [];

    private async Task<IReadOnlyList<PaymentRequest>> WithReferenceAsync(IncomingTransfer transfer, CancellationToken cancellationToken)
    {
        var references = new[] { transfer.Remittance, transfer.EndToEndId, transfer.OtherReferences }.SelectMany(CreditorReference.FindIn).Distinct().ToList();
        return references.Count == 0 ? [] : await records.ListAsync<PaymentRequest>(request => references.Contains(request.Reference), MaxCandidates, cancellationToken);
    }

    private async Task<IReadOnlyList<MatchCandidate>> ByRequestAsync(IReadOnlyList<PaymentRequest> requests, Func<PaymentRequest, MatchReason> hit, bool isDedicated, IncomingTransfer transfer, CancellationToken cancellationToken)
    {
        if (requests.Count == 0)
        {
            return [];
        }

        var ids = requests.Select(request => request.InvoiceId).ToList();
        var invoices = await records.ListAsync<Invoice>(invoice => ids.Contains(invoice.Id), MaxCandidates, cancellationToken);

        // Several requests for one debt are one candidate: the last of them.
        var last = requests.GroupBy(request => request.InvoiceId).ToDictionary(group => group.Key, group => group.Last());
        return await CandidatesAsync(invoices, invoice => (hit(last[invoice.Id]), isDedicated ? last[invoice.Id].Id : null), transfer, cancellationToken);
    }

    private async Task<IReadOnlyList<MatchCandidate>> ByNumberAsync(IncomingTransfer transfer, IReadOnlySet<string> shaped, CancellationToken cancellationToken)
    {
        var numbers = RemittanceText.NumbersIn(transfer.Remittance, transfer.EndToEndId, transfer.OtherReferences).Union(shaped).ToList();
        var named = await WithNumbersAsync(numbers, cancellationToken);
        var open = named.Where(invoice => invoice.Open.IsPositive).ToArray();
        return await CandidatesAsync(open.Length > 0 ? open : named, invoice => (new MatchReason(MatchReasons.InvoiceNumber, invoice.Number), null), transfer, cancellationToken);
    }

    private async Task<IReadOnlyList<Invoice>> WithNumbersAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellationToken)
    {
        var found = new List<Invoice>();
        foreach (var some in numbers.Order(StringComparer.Ordinal).Chunk(NumbersPerQuery).Select(chunk => chunk.ToList()))
        {
            found.AddRange(await records.ListAsync<Invoice>(invoice => some.Contains(invoice.Number) && invoice.Status != InvoiceStatus.Cancelled, MaxCandidates, cancellationToken));
        }

        return found;
    }

    /// <summary>Several named debts that are together just what came are one more candidate.</summary>
    private static IReadOnlyList<MatchCandidate> WithSum(IncomingTransfer transfer, IReadOnlyList<MatchCandidate> named)
    {
        if (named.Count < 2 || named.Any(candidate => candidate.Open.Currency != transfer.Amount.Currency || !candidate.Open.IsPositive))
        {
            return named;
        }

        var together = Together(
            named.Select(candidate => candidate.Invoice),
            [.. named.Select(candidate => candidate.Hits[0]).OrderBy(hit => hit.Value, StringComparer.Ordinal)],
            named.All(candidate => candidate.NameAgrees),
            named.All(candidate => candidate.IbanKnown));
        return together.Open == transfer.Amount ? [.. named, together] : named;
    }

    private async Task<IReadOnlyList<MatchCandidate>> WithoutReferenceAsync(IncomingTransfer transfer, NumberShapes shapes, CancellationToken cancellationToken)
    {
        var amount = transfer.Amount.AmountMinor;
        var alike = (await WithNumbersAsync(shapes.NumbersNear(transfer.Remittance, transfer.EndToEndId), cancellationToken)).Where(invoice => invoice.Open.IsPositive).ToArray();
        var exact = await records.ListAsync<Invoice>(
            invoice => invoice.Open.AmountMinor == amount && (invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.PartlyPaid), MaxCandidates, cancellationToken);
        var known = await EarlierPayersAsync(transfer.DebtorIban, cancellationToken);
        var called = await CalledAsync(transfer.DebtorName, cancellationToken);
        var payers = known.Concat(called).Distinct().Take(MaxPayers).ToList();
        var items = payers.Count == 0 ? [] : await records.ListAsync<Invoice>(
            invoice => payers.Contains(invoice.CustomerId) && (invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.PartlyPaid), MaxItemsOfPayers, cancellationToken);

        var found = new List<MatchCandidate>();
        found.AddRange(await CandidatesAsync(alike, invoice => (new MatchReason(MatchReasons.NumberAlike, invoice.Number), null), transfer, cancellationToken));
        foreach (var ofPayer in items.Where(invoice => invoice.Open.Currency == transfer.Amount.Currency).GroupBy(invoice => invoice.CustomerId))
        {
            found.AddRange(OfPayer(transfer, [.. ofPayer], items.Count < MaxItemsOfPayers, called.Contains(ofPayer.Key), known.Contains(ofPayer.Key)));
        }

        found.AddRange(await CandidatesAsync(
            [.. exact.Where(invoice => invoice.Open == transfer.Amount)], _ => (new MatchReason(MatchReasons.AmountExact), null), transfer, cancellationToken));

        // The same debts found twice are one candidate, with all that led to them.
        var merged = found.GroupBy(candidate => candidate.Key, StringComparer.Ordinal)
            .Select(same => same.First() with { Hits = [.. same.SelectMany(candidate => candidate.Hits).DistinctBy(hit => hit.Code)] });
        return [.. MatchScores.Ranked(transfer, merged).Take(MaxCandidates)];
    }

    private static IEnumerable<MatchCandidate> OfPayer(IncomingTransfer transfer, Invoice[] items, bool areAll, bool nameAgrees, bool ibanKnown)
    {
        var lead = new MatchReason(ibanKnown ? MatchReasons.IbanKnown : MatchReasons.NameAgrees, ibanKnown ? transfer.DebtorIban : transfer.DebtorName);
        foreach (var item in items.Where(item => item.Open == transfer.Amount))
        {
            yield return new MatchCandidate([item], [lead], null, nameAgrees, ibanKnown);
        }

        var total = Together(items, [new MatchReason(MatchReasons.PayerTotal, items.Length.ToString(CultureInfo.InvariantCulture))], nameAgrees, ibanKnown);
        if (items.Length > 1 && areAll && total.Open == transfer.Amount)
        {
            yield return total;
        }

        foreach (var several in ItemSums.Of(transfer.Amount, items).Where(several => several.Count < items.Length))
        {
            yield return Together(several, [new MatchReason(MatchReasons.PayerSeveral, several.Count.ToString(CultureInfo.InvariantCulture))], nameAgrees, ibanKnown);
        }
    }

    private static MatchCandidate Together(IEnumerable<Invoice> invoices, IReadOnlyList<MatchReason> hits, bool nameAgrees, bool ibanKnown) =>
        new([.. invoices.OrderBy(invoice => invoice.DueDate).ThenBy(invoice => invoice.Number, StringComparer.Ordinal)], hits, null, nameAgrees, ibanKnown);

    private async Task<IReadOnlyList<MatchCandidate>> CandidatesAsync(IReadOnlyList<Invoice> invoices, Func<Invoice, (MatchReason Hit, Guid? RequestId)> hit, IncomingTransfer transfer, CancellationToken cancellationToken)
    {
        if (invoices.Count == 0)
        {
            return [];
        }

        var customerIds = invoices.Select(invoice => invoice.CustomerId).Distinct().ToList();
        var customers = (await records.ListAsync<Customer>(customer => customerIds.Contains(customer.Id), customerIds.Count, cancellationToken)).ToDictionary(customer => customer.Id);
        var payers = await EarlierPayersAsync(transfer.DebtorIban, cancellationToken);
        return [.. invoices.Select(invoice => new MatchCandidate(
            [invoice],
            [hit(invoice).Hit],
            hit(invoice).RequestId,
            customers.TryGetValue(invoice.CustomerId, out var customer) && PayerName.Agrees(transfer.DebtorName, customer.Name),
            payers.Contains(invoice.CustomerId)))];
    }

    /// <summary>The customers who paid from the account before, as far as that stands: an undone match teaches nothing.</summary>
    private async Task<HashSet<Guid>> EarlierPayersAsync(string? iban, CancellationToken cancellationToken)
    {
        if (iban is null)
        {
            return [];
        }

        var earlier = await records.ListAsync<IncomingTransfer>(transfer => transfer.DebtorIban == iban && transfer.CustomerId != null, MaxEarlierTransfers, cancellationToken);
        return [.. earlier.Select(transfer => transfer.CustomerId!.Value)];
    }

    /// <summary>The customers called like the payer. Databases differ in how they compare case: the longest words are tried in capitals, and as names are written.</summary>
    private async Task<HashSet<Guid>> CalledAsync(string? name, CancellationToken cancellationToken)
    {
        var words = PayerName.WordsOf(name ?? "").Where(word => word.Length >= ShortestTellingWord).OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal).Take(2).ToArray();
        if (words.Length == 0)
        {
            return [];
        }

        var (first, last) = (words[0], words[^1]);
        var (firstTitled, lastTitled) = (Titled(first), Titled(last));
        var alike = await records.ListAsync<Customer>(
            customer => customer.Name.Contains(first) || customer.Name.Contains(firstTitled) || customer.Name.Contains(last) || customer.Name.Contains(lastTitled), MaxNamesLookedAt, cancellationToken);
        return [.. alike.Where(customer => PayerName.Agrees(name, customer.Name)).Select(customer => customer.Id)];
    }

    private static string Titled(string word) => word[..1] + word[1..].ToLowerInvariant();
}
