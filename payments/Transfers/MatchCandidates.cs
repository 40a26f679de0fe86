using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>Finds the debts that a transfer may be for, by the strongest signal that leads anywhere: account number, reference, invoice number.</summary>
public sealed class MatchCandidates(IMerchantRecords records)
{
    private const int MaxCandidates = 20;
    private const int MaxEarlierTransfers = 50;

    internal async Task<IReadOnlyList<MatchCandidate>> FindAsync(IncomingTransfer transfer, CancellationToken cancellationToken)
    {
        var byAccount = await ByRequestAsync(await OnAccountAsync(transfer, cancellationToken), request => new MatchReason(MatchReasons.VirtualIban, request.VirtualIban), isDedicated: true, transfer, cancellationToken);
        if (byAccount.Count > 0)
        {
            return byAccount;
        }

        var byReference = await ByRequestAsync(await WithReferenceAsync(transfer, cancellationToken), request => new MatchReason(MatchReasons.Reference, request.Reference), isDedicated: false, transfer, cancellationToken);
        return byReference.Count > 0 ? byReference : await ByNumberAsync(transfer, cancellationToken);
    }

    private async Task<IReadOnlyList<PaymentRequest>> OnAccountAsync(IncomingTransfer transfer, CancellationToken cancellationToken) =>
        transfer.CreditorIban is { } iban ? await records.ListAsync<PaymentRequest>(request => request.VirtualIban == iban, MaxCandidates, cancellationToken) : [];

    private async Task<IReadOnlyList<PaymentRequest>> WithReferenceAsync(IncomingTransfer transfer, CancellationToken cancellationToken)
    {
        var references = CreditorReference.FindIn(transfer.Remittance).Concat(CreditorReference.FindIn(transfer.EndToEndId)).Distinct().ToList();
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

    private async Task<IReadOnlyList<MatchCandidate>> ByNumberAsync(IncomingTransfer transfer, CancellationToken cancellationToken)
    {
        var numbers = RemittanceText.NumbersIn(transfer.Remittance, transfer.EndToEndId);
        if (numbers.Count == 0)
        {
            return [];
        }

        var named = await records.ListAsync<Invoice>(invoice => numbers.Contains(invoice.Number) && invoice.Status != InvoiceStatus.Cancelled, MaxCandidates, cancellationToken);
        var open = named.Where(invoice => invoice.Open.IsPositive).ToArray();
        return await CandidatesAsync(open.Length > 0 ? open : named, invoice => (new MatchReason(MatchReasons.InvoiceNumber, invoice.Number), null), transfer, cancellationToken);
    }

    private async Task<IReadOnlyList<MatchCandidate>> CandidatesAsync(IReadOnlyList<Invoice> invoices, Func<Invoice, (MatchReason Hit, Guid? RequestId)> hit, IncomingTransfer transfer, CancellationToken cancellationToken)
    {
        if (invoices.Count == 0)
        {
            return [];
        }

        var customerIds = invoices.Select(invoice => invoice.CustomerId).ToList();
        var customers = (await records.ListAsync<Customer>(customer => customerIds.Contains(customer.Id), MaxCandidates, cancellationToken)).ToDictionary(customer => customer.Id);
        var payers = await EarlierPayersAsync(transfer.DebtorIban, cancellationToken);
        return [.. invoices.Select(invoice => new MatchCandidate(
            invoice,
            hit(invoice).Hit,
            hit(invoice).RequestId,
            customers.TryGetValue(invoice.CustomerId, out var customer) && PayerName.Agrees(transfer.DebtorName, customer.Name),
            payers.Contains(invoice.CustomerId)))];
    }

    private async Task<HashSet<Guid>> EarlierPayersAsync(string? iban, CancellationToken cancellationToken)
    {
        if (iban is null)
        {
            return [];
        }

        var earlier = await records.ListAsync<IncomingTransfer>(transfer => transfer.DebtorIban == iban && transfer.InvoiceId != null, MaxEarlierTransfers, cancellationToken);
        var ids = earlier.Select(transfer => transfer.InvoiceId!.Value).ToList();
        var invoices = ids.Count == 0 ? [] : await records.ListAsync<Invoice>(invoice => ids.Contains(invoice.Id), MaxEarlierTransfers, cancellationToken);
        return [.. invoices.Select(invoice => invoice.CustomerId)];
    }
}
