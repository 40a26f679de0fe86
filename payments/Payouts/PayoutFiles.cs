using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Calendars;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Documents;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>A file for the bank.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Payouts">How many payouts are in it.</param>
public sealed record PayoutFile(string Name, byte[] Content, int Payouts);

/// <summary>Pays out by file: signed payouts are put into one pain.001 file, once; what the bank made of it is then confirmed.</summary>
public sealed class PayoutFiles(
    IMerchantRecords records, TimeProvider time, ICurrentActor current, AuditLog audit, IBlobStore blobs, PayoutExecution execution, PayoutRules rules)
{
    private const int MaxInFile = 500;
    private const int MaxReason = 300;
    private const string Folder = "payouts";

    /// <summary>
    /// Makes the file of all signed payouts by file whose cooling-off is over, keeps it, and commits that their order left. Needs
    /// <see cref="Permissions.ProposePayouts"/>. Throws <see cref="RuleViolationException"/> when there is none, or when no own
    /// account says which account pays.
    /// </summary>
    public async Task<PayoutFile> MakeAsync(CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ProposePayouts);
        var now = time.GetUtcNow();
        var merchant = await records.MerchantAsync(cancellationToken);
        var own = await records.ListAsync<Beneficiary>(beneficiary => beneficiary.Kind == BeneficiaryKind.OwnAccount && !beneficiary.Archived && beneficiary.Iban != null, 1, cancellationToken);
        if (own is not [{ Iban: { } debtorIban }])
        {
            throw RuleViolationException.Of("debtor", RuleCodes.OwnAccountMissing);
        }

        var sent = await SendAsync(now, cancellationToken);
        if (sent.Count == 0)
        {
            throw RuleViolationException.Of("payouts", RuleCodes.NoPayoutForFile);
        }

        var messageId = $"{sent[0].Reference}-{sent.Count}";
        var day = BusinessCalendars.Target.OnOrAfter(QuietHours.Of(merchant).DayOf(now));
        var content = CreditTransferFile.Write(
            messageId, now, day, merchant.Name, debtorIban,
            [.. sent.Select(payout => new FileTransfer(payout.Reference, payout.Amount, payout.PaidToName!, payout.PaidToIban!, $"{merchant.Name} {payout.Reference}"))]);
        var kept = await blobs.PutAsync(Folder, "xml", content, cancellationToken);
        foreach (var payout in sent)
        {
            records.Update(payout with { FileName = kept });
        }

        audit.Write("payout.file_made", $"file:{messageId}", new { payouts = sent.Count, references = sent.Select(payout => payout.Reference) });
        await records.CommitAsync(cancellationToken);
        return new PayoutFile($"{messageId}.xml", content, sent.Count);
    }

    /// <summary>The file a payout was put into, byte for byte; null where it is in none. Needs <see cref="Permissions.Read"/>.</summary>
    public async Task<PayoutFile?> FindAsync(Guid payoutId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        var payout = await records.FindAsync<Payout>(payoutId, cancellationToken);
        return payout?.FileName is { } name && await blobs.GetAsync(name, cancellationToken) is { } content
            ? new PayoutFile($"{payout.Reference}.xml", content, 1)
            : null;
    }

    /// <summary>
    /// Notes what the bank made of a payout by file, or what a person found at the gateway of an order whose outcome is not known,
    /// and commits: paid, or surely not with its reason. Needs <see cref="Permissions.ProposePayouts"/>. Throws
    /// <see cref="RuleViolationException"/> for a payout that waits for an answer of its own, and for one whose order is still tried.
    /// </summary>
    public async Task<Payout> ConfirmAsync(Guid payoutId, bool paid, string? reason, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ProposePayouts);
        var payout = await records.FindAsync<Payout>(payoutId, cancellationToken) ?? throw RuleViolationException.Of("payoutId", RuleCodes.PayoutUnknown);
        if (payout is not ({ Way: PayoutWay.File, State: PayoutState.InProgress } or { Way: PayoutWay.Gateway, State: PayoutState.InProgress, Problem: not null }))
        {
            throw RuleViolationException.Of("state", RuleCodes.StateRefuses, ("state", payout.State.ToString()), ("event", paid ? "Executed" : "Refused"));
        }

        var orderKey = PayoutDesk.OrderKeyOf(payout);
        if ((await records.ListAsync<Effect>(effect => effect.Key == orderKey && effect.State == EffectState.Pending, 1, cancellationToken)).Count > 0)
        {
            throw RuleViolationException.Of("state", RuleCodes.PayoutStillTried);
        }

        audit.Write("payout.confirmed", $"payout:{payout.Id}", new { payout.Reference, paid });
        if (paid)
        {
            await execution.CompleteAsync(payout, cancellationToken);
        }
        else
        {
            TextRules.Check("reason", reason, MaxReason);
            await execution.RefuseAsync(payout, reason!.Trim(), cancellationToken);
        }

        await records.CommitAsync(cancellationToken);
        return (await records.FindAsync<Payout>(payoutId, cancellationToken))!;
    }

    private async Task<List<Payout>> SendAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var signed = await records.ListAsync<Payout>(
            payout => payout.State == PayoutState.AwaitingPayment && payout.Way == PayoutWay.File && payout.Amount.Currency == "EUR", MaxInFile, cancellationToken);
        var ids = signed.Select(payout => payout.BeneficiaryId).Distinct().ToList();
        var payees = (await records.ListAsync<Beneficiary>(beneficiary => ids.Contains(beneficiary.Id), ids.Count + 1, cancellationToken)).ToDictionary(beneficiary => beneficiary.Id);
        var sent = new List<Payout>();
        foreach (var payout in signed.Where(payout => rules.CoolingOffUntil(payees[payout.BeneficiaryId]) <= now))
        {
            sent.Add(await execution.StartAsync(payout.Id, cancellationToken));
        }

        return sent;
    }
}
