using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>How the domain's decisions are written.</summary>
internal sealed class DomainStatements(Database database, Guid merchantId)
{
    private readonly Table effects = database.Tables.For<Effect>();
    private readonly Table entries = database.Tables.For<LedgerEntry>();
    private readonly Table lines = database.Tables.For<LedgerLineRow>();

    public Statement Write(RecordWrite write)
    {
        var record = write.Record;
        var table = database.Tables[record.GetType()];
        var kind = record.GetType().Name;
        return write.ExpectedRevision is { } expected
            ? table.Update(record, expected) with
            {
                WhenMissed = () => new RecordConflictException($"{kind} {record.Id} was changed by somebody else since revision {expected}, or is gone."),
                WhenTaken = taken => new RecordConflictException($"{kind} {record.Id} cannot be changed: a value that must be unique is taken.", taken),
            }
            : table.Insert(record) with
            {
                WhenTaken = taken => new RecordConflictException($"{kind} {record.Id} cannot be added: a value that must be unique is taken.", taken),
            };
    }

    public Statement Raise(DomainEvent happened) => database.Tables.For<DomainEvent>().Insert(happened);

    public Statement Ask(Effect effect) => effects.InsertOnce(effect);

    public IEnumerable<Statement> Post(LedgerEntry entry)
    {
        yield return entries.InsertOnce(entry);

        // Lines go in only where their entry did: under a key that exists the whole entry is left out.
        var text = lines.Text("of an entry that went in", () =>
        {
            var (merchant, identity) = (database.Dialect.Parameter(lines.Place("merchant_id")), database.Dialect.Parameter(lines.Place("entry_id")));
            var (into, where) = ($"INSERT INTO ledger_lines ({lines.ColumnList}) SELECT {lines.ValueList}", $"WHERE EXISTS (SELECT 1 FROM ledger_entries WHERE merchant_id = {merchant} AND id = {identity})");
            return new SqlText($"{into} {where}", database.Dialect.OverMany(into, "FROM", where));
        });
        for (var index = 0; index < entry.Lines.Count; index++)
        {
            var line = entry.Lines[index];
            var row = new LedgerLineRow
            {
                MerchantId = entry.MerchantId,
                EntryId = entry.Id,
                Number = index + 1,
                Account = line.Account,
                AmountMinor = line.AmountMinor,
                Currency = line.Currency,
                CustomerId = line.CustomerId,
                InvoiceId = line.InvoiceId,
                BeneficiaryId = line.BeneficiaryId,
            };
            yield return new Statement(text, lines.ValuesOf(row), lines.Name, MustTouch.Anything);
        }
    }

    public Statement Settle(EffectSettlement settlement)
    {
        var p = database.Dialect.Parameter;
        var text = effects.Text("settle", () =>
        {
            var what = $"""
                UPDATE effects SET state = {p(1)}, due_at = COALESCE({p(2)}, due_at), attempts = attempts + {p(3)},
                  answer_json = COALESCE({p(4)}, answer_json), last_error = {p(5)}, settled_at = {p(6)},
                  lease_token = {p(7)}, lease_until_microseconds = 0, leased_by = NULL, revision = revision + 1
                """;
            var which = $"WHERE merchant_id = {p(8)} AND id = {p(9)} AND lease_token = {p(10)}";
            return new SqlText($"{what} {which}", database.Dialect.OverMany(what, "FROM", which));
        });
        return new Statement(
            text,
            [
                effects["state"].With(settlement.State),
                effects["due_at"].With(settlement.NextDueAt),
                effects["attempts"].With(settlement.CountsAsAttempt ? 1 : 0),
                effects["answer_json"].With(settlement.AnswerJson),
                effects["last_error"].With(settlement.Error),
                effects["settled_at"].With(settlement.State == EffectState.Pending ? null : settlement.At),
                effects["lease_token"].With(Guid.Empty),
                effects["merchant_id"].With(merchantId),
                effects["id"].With(settlement.EffectId),
                effects["lease_token"].With(settlement.LeaseToken),
            ],
            effects.Name,
            MustTouch.OneRow)
        {
            WhenMissed = () => new LeaseLostException($"The effect {settlement.EffectId} is no longer held under this lease."),
        };
    }

    public Statement Attempt(EffectSettlement settlement)
    {
        var attempts = database.Tables.For<EffectAttempt>();
        var p = database.Dialect.Parameter;
        var text = attempts.Text("of a settled effect", () =>
        {
            var what = $"""
                INSERT INTO effect_attempts (id, merchant_id, revision, effect_id, number, at, state, status_code, error)
                SELECT {p(1)}, merchant_id, 0, id, attempts, {p(2)}, {p(3)}, {p(4)}, {p(5)}
                """;
            var which = $"effects WHERE merchant_id = {p(6)} AND id = {p(7)}";
            return new SqlText($"{what} FROM {which}", database.Dialect.OverMany(what, "FROM", $", {which}"));
        });
        return new Statement(
            text,
            [
                attempts["id"].With(Guid.CreateVersion7()),
                attempts["at"].With(settlement.At),
                attempts["state"].With(settlement.State),
                attempts["status_code"].With(settlement.StatusCode),
                attempts["error"].With(settlement.Error),
                attempts["merchant_id"].With(merchantId),
                attempts["effect_id"].With(settlement.EffectId),
            ],
            attempts.Name,
            MustTouch.OneRow);
    }
}
