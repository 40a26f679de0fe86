using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>
/// Finds the debt of a transfer and books it, or leaves it to a person with the reasons. Only what identifies a debt by itself
/// clears alone; a tie is never a match.
/// </summary>
public sealed class TransferMatching(IMerchantRecords records, TimeProvider time, ICurrentActor current, MatchCandidates candidates, ReceiptBook receipts, ReceiptUndo undo, TaskDesk tasks, AuditLog audit)
{
    /// <summary>The kind of task that an undecided transfer makes.</summary>
    public const string TaskKind = "review-transfer";

    /// <summary>Parts that one transfer may be split into.</summary>
    public const int MaxParts = 50;

    private const int MaxProposals = 9;
    private const string GatewaySource = "gateway";

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

        var findings = await candidates.FindAsync(transfer, cancellationToken);
        var (cleared, reasons) = MatchRules.Decide(transfer, findings);

        // What a person took back is not done again behind their back.
        return cleared is null || transfer.Undone > 0
            ? await LeaveAsync(transfer, findings.Candidates, transfer.Undone > 0 ? ReasonsOf(transfer) : reasons, cancellationToken)
            : await ClearAsync(transfer, MatchParts.Of(transfer.Amount, cleared.Invoices), cleared.RequestId, reasons, decidedBy: null, cancellationToken);
    }

    /// <summary>
    /// What a transfer may be booked to, the likeliest first, as it stands now. Throws <see cref="RuleViolationException"/> when
    /// there is no such transfer.
    /// </summary>
    public async Task<IReadOnlyList<MatchProposal>> ProposalsAsync(Guid transferId, CancellationToken cancellationToken = default)
    {
        var transfer = await FindAsync(transferId, cancellationToken);
        if (transfer.Status == TransferStatus.Matched)
        {
            return [];
        }

        var findings = await candidates.FindAsync(transfer, cancellationToken);
        return
        [
            .. MatchScores.Ranked(transfer, findings.Candidates).Take(MaxProposals).Select(candidate => new MatchProposal
            {
                Parts = MatchParts.Of(transfer.Amount, candidate.Invoices),
                Reasons = [.. candidate.Hits.Concat(MatchRules.Agreeing(transfer, candidate)).DistinctBy(reason => reason.Code)],
                Confidence = MatchScores.Of(transfer, candidate),
            }),
        ];
    }

    /// <summary>
    /// A person's decision: the transfer is for this invoice. Books it, completes its task, commits. Needs
    /// <see cref="Permissions.DecideTransfers"/>. Throws <see cref="RuleViolationException"/> when the transfer or invoice is not
    /// there, or the transfer was decided already.
    /// </summary>
    public async Task<MatchDecision> DecideAsync(Guid transferId, Guid invoiceId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.DecideTransfers);
        var transfer = await ToBeDecidedAsync(transferId, cancellationToken);
        _ = await records.FindAsync<Invoice>(invoiceId, cancellationToken) ?? throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceUnknown);
        return await DecideAsync(transfer, [new MatchPart(invoiceId, transfer.Amount)], cancellationToken);
    }

    /// <summary>
    /// A person's decision: the transfer is for several invoices, a part for each. Books them, completes its task, commits. Needs
    /// <see cref="Permissions.DecideTransfers"/>. Throws <see cref="RuleViolationException"/> when the transfer or an invoice is not
    /// there, the transfer was decided already, or the parts are not just the transfer.
    /// </summary>
    public async Task<MatchDecision> SplitAsync(Guid transferId, IReadOnlyList<MatchPart> parts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parts);
        current.Actor.Require(Permissions.DecideTransfers);
        var transfer = await ToBeDecidedAsync(transferId, cancellationToken);
        if (parts.Count is 0 or > MaxParts)
        {
            throw parts.Count == 0 ? RuleViolationException.Of("parts", RuleCodes.Required) : RuleViolationException.Of("parts", RuleCodes.SplitTooMany, ("limit", $"{MaxParts}"));
        }

        var ids = parts.Select(part => part.InvoiceId).Distinct().ToList();
        var invoices = (await records.ListAsync<Invoice>(invoice => ids.Contains(invoice.Id), ids.Count, cancellationToken)).ToDictionary(invoice => invoice.Id);
        var broken = SplitRules.Broken(transfer.Amount, parts, invoices);
        return broken.Count > 0 ? throw new RuleViolationException(broken) : await DecideAsync(transfer, parts, cancellationToken);
    }

    /// <summary>
    /// A person takes a match back: its bookings are reversed, its invoices are owed again, and the transfer waits for a decision
    /// with a task of its own. Commits. Needs <see cref="Permissions.DecideTransfers"/>. Throws <see cref="RuleViolationException"/>
    /// when there is no such transfer, it is not matched, or the credit that came of it is used already.
    /// </summary>
    public async Task<IncomingTransfer> UndoAsync(Guid transferId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.DecideTransfers);
        var transfer = await FindAsync(transferId, cancellationToken);
        if (transfer.Status != TransferStatus.Matched)
        {
            throw RuleViolationException.Of("transferId", RuleCodes.TransferNotMatched);
        }

        var paymentId = transfer.PaymentId;
        var payments = await records.ListAsync<Payment>(payment => (payment.TransferId == transferId || payment.Id == paymentId) && payment.State != PaymentState.Unmatched, cancellationToken: cancellationToken);
        foreach (var payment in payments)
        {
            await undo.TakeBackAsync(payment, cancellationToken);
        }

        var reasons = new[] { new MatchReason(MatchReasons.Undone, current.Actor.Name) };
        var undone = records.Update(transfer with
        {
            Status = TransferStatus.ToDecide,
            InvoiceId = null,
            CustomerId = null,
            PaymentId = null,
            DecidedBy = null,
            Undone = transfer.Undone + 1,
            ReasonsJson = DomainJson.Write(reasons),
        });
        var invoiceIds = payments.Select(payment => payment.InvoiceId).OfType<Guid>().ToArray();
        records.Raise(TransferEvents.Of(undone, EventNames.TransferUndone, time.GetUtcNow(), new { by = current.Actor.Name, invoices = invoiceIds }));
        audit.Write("transfer.undone", $"transfer:{transfer.Id}", new { invoices = invoiceIds });
        await TaskAsync(undone, null, cancellationToken);
        await records.CommitAsync(cancellationToken);
        return undone;
    }

    /// <summary>The reasons that a transfer carries.</summary>
    public static IReadOnlyList<MatchReason> ReasonsOf(IncomingTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return DomainJson.Read<MatchReason[]>(transfer.ReasonsJson);
    }

    private async Task<IncomingTransfer> ToBeDecidedAsync(Guid transferId, CancellationToken cancellationToken)
    {
        var transfer = await FindAsync(transferId, cancellationToken);
        return transfer.Status == TransferStatus.Matched ? throw RuleViolationException.Of("transferId", RuleCodes.TransferDecided) : transfer;
    }

    private async Task<MatchDecision> DecideAsync(IncomingTransfer transfer, IReadOnlyList<MatchPart> parts, CancellationToken cancellationToken)
    {
        var transferId = transfer.Id;
        var open = await records.ListAsync<WorkTask>(task => task.TransferId == transferId && task.Status == WorkTaskStatus.Open, cancellationToken: cancellationToken);
        foreach (var task in open)
        {
            tasks.Complete(task, "matched");
        }

        var decision = await ClearAsync(transfer, parts, null, [new MatchReason(MatchReasons.DecidedByPerson, current.Actor.Name)], current.Actor.Name, cancellationToken);
        await records.CommitAsync(cancellationToken);
        return decision;
    }

    private async Task<MatchDecision> ClearAsync(IncomingTransfer transfer, IReadOnlyList<MatchPart> parts, Guid? requestId, IReadOnlyList<MatchReason> reasons, string? decidedBy, CancellationToken cancellationToken)
    {
        var bookings = new List<Booking>(parts.Count);
        var countedAtGateway = await IsCountedAtGatewayAsync(transfer, requestId, cancellationToken);
        foreach (var part in parts)
        {
            bookings.Add(await receipts.BookAsync(
                new ReceivedMoney
                {
                    SourceKey = SourceKeyOf(transfer, bookings.Count),
                    Method = PaymentMethod.Transfer,
                    Amount = part.Amount,
                    ReceivedAt = transfer.ReceivedAt,
                    RequestId = requestId,
                    CountedAtGateway = countedAtGateway,
                    InvoiceId = part.InvoiceId,
                    TransferId = transfer.Id,
                    HeldOn = LedgerAccount.UnallocatedReceipts,
                    Reference = transfer.Remittance,
                },
                cancellationToken));
        }

        var customers = bookings.Select(booking => booking.Payment.CustomerId).Distinct().ToArray();
        var invoiceIds = parts.Select(part => part.InvoiceId).ToArray();
        var matched = records.Update(transfer with
        {
            Status = TransferStatus.Matched,
            InvoiceId = invoiceIds is [var only] ? only : null,
            CustomerId = customers is [var payer] ? payer : null,
            PaymentId = bookings[0].Payment.Id,
            DecidedBy = decidedBy,
            ReasonsJson = DomainJson.Write(reasons),
        });
        var codes = reasons.Select(reason => reason.Code).ToArray();
        records.Raise(TransferEvents.Of(matched, EventNames.TransferMatched, time.GetUtcNow(), new { reasons = codes, invoices = invoiceIds }, matched.CustomerId));
        audit.Write("transfer.matched", $"transfer:{transfer.Id}", new { invoices = invoiceIds, reasons = codes });
        return new MatchDecision { TransferId = transfer.Id, Status = TransferStatus.Matched, InvoiceId = matched.InvoiceId, CandidateInvoiceIds = invoiceIds, Reasons = reasons, Booking = bookings[0] };
    }

    /// <summary>Whether the gateway counts a transfer on a request too: it told of it, on the account number that it dedicated to the request.</summary>
    private async Task<bool> IsCountedAtGatewayAsync(IncomingTransfer transfer, Guid? requestId, CancellationToken cancellationToken) =>
        requestId is { } id && SameTransfer.SourceOf(transfer.SourceKey) == GatewaySource
        && await records.FindAsync<PaymentRequest>(id, cancellationToken) is { VirtualIban: { } iban } && iban == transfer.CreditorIban;

    /// <summary>What the n-th part of a transfer is booked under, once: after an undo it is another booking.</summary>
    private static string SourceKeyOf(IncomingTransfer transfer, int part) =>
        $"transfer:{transfer.Id:N}{(transfer.Undone > 0 ? $":again-{transfer.Undone}" : "")}{(part > 0 ? $":part-{part + 1}" : "")}";

    private async Task<MatchDecision> LeaveAsync(IncomingTransfer transfer, IReadOnlyList<MatchCandidate> found, IReadOnlyList<MatchReason> reasons, CancellationToken cancellationToken)
    {
        var ranked = MatchScores.Ranked(transfer, found);
        var decision = new MatchDecision { TransferId = transfer.Id, Status = TransferStatus.ToDecide, CandidateInvoiceIds = [.. ranked.SelectMany(candidate => candidate.Invoices).Select(invoice => invoice.Id).Distinct()], Reasons = reasons };
        var reasonsJson = DomainJson.Write(reasons);
        if (transfer.Status == TransferStatus.ToDecide && transfer.ReasonsJson == reasonsJson)
        {
            return decision;
        }

        var left = records.Update(transfer with { Status = TransferStatus.ToDecide, ReasonsJson = reasonsJson });
        records.Raise(TransferEvents.Of(left, EventNames.TransferUnmatched, time.GetUtcNow(), new { reasons = reasons.Select(reason => reason.Code) }));
        await TaskAsync(left, ranked is [{ Invoices.Count: 1 } only] ? only.Invoice : null, cancellationToken);
        return decision;
    }

    private async Task TaskAsync(IncomingTransfer transfer, Invoice? only, CancellationToken cancellationToken) =>
        await tasks.AppendAsync(
            new NewTask
            {
                Key = $"{TaskKind}/{transfer.Id:N}{(transfer.Undone > 0 ? $"/{transfer.Undone}" : "")}",
                Kind = TaskKind,
                Title = await TaskTitles.OfAsync(records, TaskKind, cancellationToken),
                CustomerId = only?.CustomerId,
                InvoiceId = only?.Id,
                TransferId = transfer.Id,
                Amount = transfer.Amount,
            },
            cancellationToken);

    private async Task<IncomingTransfer> FindAsync(Guid transferId, CancellationToken cancellationToken) =>
        await records.FindAsync<IncomingTransfer>(transferId, cancellationToken) ?? throw RuleViolationException.Of("transferId", RuleCodes.TransferUnknown);
}
