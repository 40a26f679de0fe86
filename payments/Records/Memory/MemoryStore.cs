using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Statements;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Records.Memory;

/// <summary>Committed rows in memory, for simulations and tests: revisions and unique values are kept as a database keeps them.</summary>
public sealed class MemoryStore
{
    private readonly Dictionary<Type, MemoryTable> tables = [];
    private readonly Dictionary<(Guid MerchantId, string Key), LedgerEntry> ledger = [];
    private readonly Lock gate = new();

    private static readonly Dictionary<Type, Func<IMerchantRecord, string>[]> UniqueInMerchant = new()
    {
        [typeof(Customer)] = [row => ((Customer)row).Number],
        [typeof(Invoice)] = [row => ((Invoice)row).Number],
        [typeof(PaymentRequest)] = [row => ((PaymentRequest)row).Reference, row => ((PaymentRequest)row).LinkToken],
        [typeof(Payment)] = [row => ((Payment)row).SourceKey],
        [typeof(IncomingTransfer)] = [row => ((IncomingTransfer)row).SourceKey],
        [typeof(BankStatement)] = [row => ((BankStatement)row).Key],
        [typeof(GatewayNotice)] = [row => ((GatewayNotice)row).EventId],
        [typeof(Message)] = [row => ((Message)row).Key, row => ((Message)row).DayKey ?? $"none/{row.Id:N}"],
        [typeof(TextVersion)] = [row => ((TextVersion)row).Key],
        [typeof(WorkTask)] = [row => ((WorkTask)row).Key],
        [typeof(Effect)] = [row => ((Effect)row).Key],
        [typeof(ApiKey)] = [row => ((ApiKey)row).Prefix],
        [typeof(Beneficiary)] = [row => ((Beneficiary)row).Code],
        [typeof(Split)] = [row => ((Split)row).Key],
        [typeof(Payout)] = [row => ((Payout)row).Reference],
        [typeof(IdempotentAnswer)] = [row => ((IdempotentAnswer)row).Key],
    };

    /// <summary>The committed rows of one kind and merchant, oldest first.</summary>
    public IReadOnlyList<T> RowsOf<T>(Guid merchantId) where T : class, IMerchantRecord
    {
        lock (gate)
        {
            return tables.TryGetValue(typeof(T), out var table) ? [.. table.Rows.Where(row => row.MerchantId == merchantId).Cast<T>()] : [];
        }
    }

    /// <summary>Rows of one kind and merchant as a reader sees them, oldest first, until enough fit.</summary>
    /// <param name="merchantId">The merchant.</param>
    /// <param name="asItStands">A committed row with what the reader changed of it.</param>
    /// <param name="fits">Which rows.</param>
    /// <param name="limit">How many, at the most.</param>
    internal List<T> Matching<T>(Guid merchantId, Func<T, T> asItStands, Func<T, bool> fits, int limit) where T : class, IMerchantRecord
    {
        var found = new List<T>();
        lock (gate)
        {
            if (!tables.TryGetValue(typeof(T), out var table))
            {
                return found;
            }

            var rows = table.Rows;
            for (var place = 0; place < rows.Count && found.Count < limit; place++)
            {
                var row = asItStands((T)rows[place]);
                if (row.MerchantId == merchantId && fits(row))
                {
                    found.Add(row);
                }
            }
        }

        return found;
    }

    /// <summary>The committed ledger entries of a merchant, in the order they were booked.</summary>
    public IReadOnlyList<LedgerEntry> EntriesOf(Guid merchantId)
    {
        lock (gate)
        {
            return [.. ledger.Values.Where(entry => entry.MerchantId == merchantId)];
        }
    }

    internal bool HasEntry(Guid merchantId, string key)
    {
        lock (gate)
        {
            return ledger.ContainsKey((merchantId, key));
        }
    }

    internal T? Find<T>(Guid merchantId, Guid id) where T : class, IMerchantRecord
    {
        lock (gate)
        {
            return tables.GetValueOrDefault(typeof(T))?.Find(id) is T row && row.MerchantId == merchantId ? row : null;
        }
    }

    internal void Commit(IReadOnlyCollection<MemoryChange> changes, IReadOnlyCollection<LedgerEntry> entries)
    {
        lock (gate)
        {
            var byTable = changes.GroupBy(change => change.Type).Select(kind => (Table: TableOf(kind.Key), Changes: kind.ToArray())).ToArray();
            foreach (var (table, ofType) in byTable)
            {
                table.Check(ofType);
            }

            foreach (var (table, ofType) in byTable)
            {
                table.Write(ofType);
            }

            foreach (var entry in entries)
            {
                ledger.TryAdd((entry.MerchantId, entry.Key), entry);
            }
        }
    }

    private MemoryTable TableOf(Type type)
    {
        if (!tables.TryGetValue(type, out var table))
        {
            tables.Add(type, table = new MemoryTable(UniqueInMerchant.GetValueOrDefault(type, [])));
        }

        return table;
    }
}

/// <summary>A row to be written, and the revision it was read at; null for a new one.</summary>
internal sealed record MemoryChange(Type Type, IMerchantRecord Record, long? ReadRevision);
