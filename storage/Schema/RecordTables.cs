using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Drop;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Statements;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Transfers;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Schema;

/// <summary>The tables of the collections domain: one for each record type, with what must be unique and what is searched.</summary>
internal static class RecordTables
{
    /// <summary>Every record type of the domain.</summary>
    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(IMerchantRecord).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IMerchantRecord)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public static void Map(ModelBuilder model, CollectionsDb db)
    {
        foreach (var type in Types)
        {
            model.Entity(type).OfMerchant(db, nameof(IMerchantRecord.MerchantId), nameof(IMerchantRecord.Id));
        }

        MapParties(model);
        MapMoney(model);
        MapPayouts(model);
        MapContacts(model);
        MapOutbox(model);
    }

    private static void MapParties(ModelBuilder model)
    {
        model.Entity<Merchant>(rows =>
        {
            rows.HasIndex(row => row.Slug).IsUnique();
            rows.Property(row => row.Currency).HasMaxLength(3).IsFixedLength();

            // What rows of before this column get.
            rows.Property(row => row.DebitLeadDays).HasDefaultValue(1);
            rows.Property(row => row.DebitCutOffHour).HasDefaultValue(11);
        });
        model.Entity<Customer>().HasIndex(row => new { row.MerchantId, row.Number }).IsUnique();
        model.Entity<ApiKey>().HasIndex(row => row.Prefix).IsUnique();
        model.Entity<AuditEntry>().HasIndex(row => new { row.MerchantId, row.Subject });
        model.Entity<IdempotentAnswer>().HasIndex(row => new { row.MerchantId, row.Key }).IsUnique();
    }

    private static void MapMoney(ModelBuilder model)
    {
        model.Entity<Invoice>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.Number }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.CustomerId });
            rows.HasIndex(row => new { row.MerchantId, row.Status, row.DueDate });
            rows.HasIndex(row => new { row.MerchantId, row.IssueDate });
        });
        model.Entity<PaymentRequest>(rows =>
        {
            rows.HasIndex(row => row.LinkToken).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.Reference }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.InvoiceId });
            rows.HasIndex(row => new { row.MerchantId, row.CustomerId });
            rows.HasIndex(row => new { row.MerchantId, row.GatewayRequestId });
            rows.HasIndex(row => new { row.MerchantId, row.VirtualIban });
        });
        model.Entity<Payment>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.SourceKey }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.InvoiceId });
            rows.HasIndex(row => new { row.MerchantId, row.RequestId });
            rows.HasIndex(row => new { row.MerchantId, row.TransferId });
            rows.HasIndex(row => new { row.MerchantId, row.ReceivedAt });
        });
        model.Entity<IncomingTransfer>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.SourceKey }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.AlsoToldAs });
            rows.HasIndex(row => new { row.MerchantId, row.Status });
            rows.HasIndex(row => new { row.MerchantId, row.InvoiceId });
            rows.HasIndex(row => new { row.MerchantId, row.DebtorIban });
            rows.HasIndex(row => new { row.MerchantId, row.BookedOn });
        });
        model.Entity<Mandate>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.Reference }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.CustomerId, row.Status });
        });
        model.Entity<DirectDebit>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.Key }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.InvoiceId });
            rows.HasIndex(row => new { row.MerchantId, row.MandateId });
            rows.HasIndex(row => new { row.MerchantId, row.Status, row.CollectOn });
        });
        model.Entity<StatementImport>().HasIndex(row => new { row.MerchantId, row.Sha256 });
        model.Entity<BankStatement>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.Key }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.Account });
        });
        model.Entity<DroppedFile>().HasIndex(row => new { row.MerchantId, row.Sha256 });
        model.Entity<GatewayNotice>().HasIndex(row => new { row.MerchantId, row.EventId }).IsUnique();
        model.Entity<InvoiceImport>().HasIndex(row => new { row.MerchantId, row.Sha256 });
    }

    private static void MapPayouts(ModelBuilder model)
    {
        model.Entity<Beneficiary>().HasIndex(row => new { row.MerchantId, row.Code }).IsUnique();
        model.Entity<Split>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.Key }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.InvoiceId });
            rows.HasIndex(row => new { row.MerchantId, row.BeneficiaryId, row.PayoutId });
            rows.HasIndex(row => new { row.MerchantId, row.PayoutId });
        });
        model.Entity<Payout>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.Reference }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.BeneficiaryId });
            rows.HasIndex(row => new { row.MerchantId, row.State });
            rows.HasIndex(row => new { row.MerchantId, row.GatewayPayoutId });
        });
    }

    private static void MapContacts(ModelBuilder model)
    {
        model.Entity<Message>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.Key }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.InvoiceId });
            rows.HasIndex(row => new { row.MerchantId, row.CustomerId });
            rows.HasIndex(row => new { row.MerchantId, row.CoveredBy });
            rows.HasIndex(row => new { row.MerchantId, row.DayKey }).IsUnique();
        });
        model.Entity<TextVersion>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.Key }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.Template, row.Channel, row.Language });
        });
        model.Entity<WorkTask>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.Key }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.Status });
            rows.HasIndex(row => new { row.MerchantId, row.InvoiceId });
        });
        model.Entity<DomainEvent>(rows =>
        {
            rows.HasIndex(row => new { row.MerchantId, row.InvoiceId });
            rows.HasIndex(row => new { row.MerchantId, row.Name });
            rows.HasIndex(row => new { row.MerchantId, row.CustomerId, row.Id });
            rows.Property(row => row.Currency).HasMaxLength(3).IsFixedLength();
        });
    }

    private static void MapOutbox(ModelBuilder model)
    {
        model.Entity<Effect>(rows =>
        {
            rows.Property<string>(OutboxColumns.ClaimLane).HasMaxLength(300);
            rows.Property<string?>(OutboxColumns.LeasedBy).HasMaxLength(200);
            rows.Property<long>(OutboxColumns.LeaseUntilMicroseconds).HasDefaultValue(0L);
            rows.HasIndex(row => new { row.MerchantId, row.Key }).IsUnique();
            rows.HasIndex(row => new { row.MerchantId, row.InvoiceId });
            rows.HasIndex(OutboxColumns.ClaimLane, nameof(Effect.DueAt)).HasFilter("state = 'Pending'");
            rows.HasIndex(row => row.DueAt).HasFilter("state = 'Pending'");
            rows.HasIndex(OutboxColumns.ClaimLane).HasFilter("lease_until_microseconds > 0");
        });
        model.Entity<EffectAttempt>().HasIndex(row => new { row.MerchantId, row.EffectId });
    }
}

/// <summary>Columns of the outbox that only its claim knows.</summary>
internal static class OutboxColumns
{
    /// <summary>Merchant and lane in one: what a claim is fair between.</summary>
    public const string ClaimLane = "ClaimLane";

    /// <summary>Who tries it.</summary>
    public const string LeasedBy = "LeasedBy";

    /// <summary>Until when, by the database's clock.</summary>
    public const string LeaseUntilMicroseconds = "LeaseUntilMicroseconds";
}
