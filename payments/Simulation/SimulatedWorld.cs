using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>
/// All that happens around one simulated customer's cases: invoices come in, money arrives, and what the cases ask of the
/// outside is answered from memory. It writes to the records it is given and reaches nothing else.
/// </summary>
public sealed class SimulatedWorld
{
    private readonly SimulatedCustomer account;
    private readonly MemoryStore store;
    private readonly TimeProvider time;
    private readonly Func<IMerchantRecords> openRecords;
    private readonly string scenarioId;
    private readonly SimulatedDebits debits;
    private readonly SimulatedEffects effects;
    private readonly Queue<(DateTimeOffset At, Func<CancellationToken, Task> Happen)> ahead;

    /// <summary>A world over records in memory.</summary>
    /// <param name="account">Whom it is about.</param>
    /// <param name="scenarioId">The scenario that the invoices begin.</param>
    /// <param name="store">The rows behind the records.</param>
    /// <param name="time">Simulated time.</param>
    /// <param name="openRecords">Opens a unit of work.</param>
    public SimulatedWorld(SimulatedCustomer account, string scenarioId, MemoryStore store, TimeProvider time, Func<IMerchantRecords> openRecords)
    {
        ArgumentNullException.ThrowIfNull(account);
        this.account = account;
        this.scenarioId = scenarioId;
        this.store = store;
        this.time = time;
        this.openRecords = openRecords;
        debits = new SimulatedDebits(time);
        effects = new SimulatedEffects(new SimulatedGateway(time), time, debits, composes: false);
        ahead = new(HappeningsOf(account).OrderBy(happening => happening.At));
    }

    /// <summary>The earliest instant at which something is going to happen; null where nothing is.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? next = ahead.TryPeek(out var first) ? first.At : null;
            foreach (var effect in Open())
            {
                next = next <= effect.DueAt ? next : effect.DueAt;
            }

            return next;
        }
    }

    /// <summary>Puts in what is there before the first invoice: the merchant with its own rows, the customer, the mandate.</summary>
    public async Task BeginAsync(SimulatedMerchant merchant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(merchant);
        var records = openRecords();
        merchant.AddTo(records);
        records.Add(account.Customer with { Revision = 0 });
        if (account.Mandate is { } mandate)
        {
            records.Add(mandate with { Revision = 0, GatewayMandateId = debits.AddSigned(mandate.Id.ToString()) });
            debits.Say(mandate.Id.ToString(), [.. account.Invoices.SelectMany(invoice => invoice.BankAnswers)]);
        }

        await records.CommitAsync(cancellationToken);
    }

    /// <summary>Lets everything happen that is due now: first what the world does by itself, then the answers. Answers whether anything did.</summary>
    public async Task<bool> HappenAsync(CancellationToken cancellationToken)
    {
        var any = false;
        while (ahead.TryPeek(out var next) && next.At <= time.GetUtcNow())
        {
            ahead.Dequeue();
            await next.Happen(cancellationToken);
            any = true;
        }

        var due = Open().FindAll(effect => effect.DueAt <= time.GetUtcNow());
        return (due.Count > 0 && await effects.RunAsync(due, openRecords, cancellationToken) > 0) || any;
    }

    private List<Effect> Open() => store.Matching<Effect>(account.Customer.MerchantId, effect => effect, effect => effect.State == EffectState.Pending, int.MaxValue);

    // Of one instant the invoice comes before its money: the sort keeps the order of the list.
    private IEnumerable<(DateTimeOffset At, Func<CancellationToken, Task> Happen)> HappeningsOf(SimulatedCustomer customer) =>
        customer.Invoices.SelectMany(one => one.Payments
            .Select((payment, index) => (payment.At, (Func<CancellationToken, Task>)(token => PayAsync(one.Invoice, payment, index, token))))
            .Prepend((one.Invoice.ImportedAt, token => ComeInAsync(one.Invoice, token))));

    private async Task ComeInAsync(Invoice invoice, CancellationToken cancellationToken)
    {
        var records = openRecords();
        var now = time.GetUtcNow();
        var received = invoice with { Revision = 0, Open = invoice.Amount, Status = InvoiceStatus.Open, PaidAt = null, Disputed = false, PromisedUntil = null };
        records.Add(received);
        records.Post(Postings.InvoiceIssued(received, now));
        records.Raise(Happened.To(received, EventNames.InvoiceImported, now, received.Amount, new { received.Number, scenarioId }));
        await records.CommitAsync(cancellationToken);
    }

    private async Task PayAsync(Invoice invoice, SimulatedPayment payment, int index, CancellationToken cancellationToken)
    {
        var records = openRecords();
        if (await records.FindAsync<Invoice>(invoice.Id, cancellationToken) is not { Open.IsPositive: true } owed)
        {
            return;
        }

        await new SimulatedServices(records, time).Receipts.BookAsync(
            new ReceivedMoney
            {
                SourceKey = $"simulated:{invoice.Id:N}:{index}",
                Method = payment.Method,
                Amount = Money.Min(payment.Amount, owed.Open),
                ReceivedAt = time.GetUtcNow(),
                InvoiceId = invoice.Id,
                HeldOn = payment.Method == PaymentMethod.Transfer ? LedgerAccount.Bank : LedgerAccount.GatewayClearing,
            },
            cancellationToken);
        await records.CommitAsync(cancellationToken);
    }
}
