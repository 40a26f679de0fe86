using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>
/// Finds the debt of a transfer and books it, or leaves it to a person with the reasons. Only what identifies a debt by itself
/// clears alone; a tie is never a match.
/// </summary>
public sealed class TransferMatching(IMerchantRecords records, TimeProvider time, ICurrentActor current, MatchCandidates candidates, ReceiptBook receipts, TaskDesk tasks, AuditLog audit)
{
    /// <summary>The kind of task that an undecided transfer makes.</summary>
    public const string TaskKind = "review-transfer";

    /// <summary>
    /// Looks for the debt of a transfer, and appends what follows: the booking, or the decision that a person must take. A
    /// transfer that is matched is answered as it stands. Throws <see cref="RuleViolationException"/> when there is no such transfer.
    /// </summary>
    public async Task<MatchDecision> MatchAsync(Guid transferId, CancellationToken cancellationToken = default)
    {
        var transfer = await FindAsync(transferId, cancellationToken);
        if (transfer.Status == TransferStatus.Matched)
        {
            return new MatchDecision { TransferId = transfer.Id, Status = transfer.Status, InvoiceId = transfer.InvoiceId, Reasons = ReasonsOf(transfer) };
        }

        var found = await candidates.FindAsync(transfer, cancellationToken);
        var (cleared, reasons) = MatchRules.Decide(transfer, found);
        return cleared is null
            ? await LeaveAsync(transfer, found, reasons, cancellationToken)
            : await ClearAsync(transfer, cleared.Invoice, cleared.RequestId, reasons, cancellationToken);
    }

    /// <summary>
    /// A person's decision: the transfer is for this invoice. Books it, completes its task, commits. Needs
    /// <see cref="Permissions.DecideTransfers"/>. Throws <see cref="RuleViolationException"/> when the transfer or invoice is not
    /// there, or the transfer was decided already.
    /// </summary>
    public async Task<MatchDecision> DecideAsync(Guid transferId, Guid invoiceId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.DecideTransfers);
        var transfer = await FindAsync(transferId, cancellationToken);
        if (transfer.Status == TransferStatus.Matched)
        {
            throw RuleViolationException.Of("transferId", RuleCodes.TransferDecided);
        }

        var invoice = await records.FindAsync<Invoice>(invoiceId, cancellationToken) ?? throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceUnknown);
        var open = await records.ListAsync<WorkTask>(task => task.TransferId == transferId && task.Status == WorkTaskStatus.Open, cancellationToken: cancellationToken);
        foreach (var task in open)
        {
            tasks.Complete(task, "matched");
        }

        var decision = await ClearAsync(transfer, invoice, null, [new MatchReason(MatchReasons.DecidedByPerson, current.Actor.Name)], cancellationToken);
        await records.CommitAsync(cancellationToken);
        return decision;
    }

    /// <summary>The reasons that a transfer carries.</summary>
    public static IReadOnlyList<MatchReason> ReasonsOf(IncomingTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return DomainJson.Read<MatchReason[]>(transfer.ReasonsJson);
    }

    private async Task<MatchDecision> ClearAsync(IncomingTransfer transfer, Invoice invoice, Guid? requestId, IReadOnlyList<MatchReason> reasons, CancellationToken cancellationToken)
    {
        var booking = await receipts.BookAsync(
            new ReceivedMoney
            {
                SourceKey = $"transfer:{transfer.Id:N}",
                Method = PaymentMethod.Transfer,
                Amount = transfer.Amount,
                ReceivedAt = transfer.ReceivedAt,
                RequestId = requestId,
                InvoiceId = invoice.Id,
                HeldOn = LedgerAccount.UnallocatedReceipts,
                Reference = transfer.Remittance,
            },
            cancellationToken);
        var matched = records.Update(transfer with { Status = TransferStatus.Matched, InvoiceId = invoice.Id, PaymentId = booking.Payment.Id, ReasonsJson = DomainJson.Write(reasons) });
        records.Raise(TransferEvents.Of(matched, EventNames.TransferMatched, time.GetUtcNow(), new { reasons = reasons.Select(reason => reason.Code) }, invoice.CustomerId));
        audit.Write("transfer.matched", $"transfer:{transfer.Id}", new { invoiceId = invoice.Id, reasons = reasons.Select(reason => reason.Code) });
        return new MatchDecision { TransferId = transfer.Id, Status = TransferStatus.Matched, InvoiceId = invoice.Id, CandidateInvoiceIds = [invoice.Id], Reasons = reasons, Booking = booking };
    }

    private async Task<MatchDecision> LeaveAsync(IncomingTransfer transfer, IReadOnlyList<MatchCandidate> found, IReadOnlyList<MatchReason> reasons, CancellationToken cancellationToken)
    {
        var decision = new MatchDecision { TransferId = transfer.Id, Status = TransferStatus.ToDecide, CandidateInvoiceIds = [.. found.Select(candidate => candidate.Invoice.Id)], Reasons = reasons };
        var reasonsJson = DomainJson.Write(reasons);
        if (transfer.Status == TransferStatus.ToDecide && transfer.ReasonsJson == reasonsJson)
        {
            return decision;
        }

        var left = records.Update(transfer with { Status = TransferStatus.ToDecide, ReasonsJson = reasonsJson });
        records.Raise(TransferEvents.Of(left, EventNames.TransferUnmatched, time.GetUtcNow(), new { reasons = reasons.Select(reason => reason.Code) }));
        var only = found.Count == 1 ? found[0].Invoice : null;
        await tasks.CreateAsync(
            new NewTask
            {
                Key = $"{TaskKind}/{transfer.Id:N}",
                Kind = TaskKind,
                Title = await TaskTitles.OfAsync(records, TaskKind, cancellationToken),
                CustomerId = only?.CustomerId,
                InvoiceId = only?.Id,
                TransferId = transfer.Id,
                Amount = transfer.Amount,
            },
            cancellationToken);
        return decision;
    }

    private async Task<IncomingTransfer> FindAsync(Guid transferId, CancellationToken cancellationToken) =>
        await records.FindAsync<IncomingTransfer>(transferId, cancellationToken) ?? throw RuleViolationException.Of("transferId", RuleCodes.TransferUnknown);
}
