using CentralPay.Workflows.Sandbox.Accounts;
using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.Bank;
using CentralPay.Workflows.Sandbox.Cards;
using CentralPay.Workflows.Sandbox.Debits;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Payouts;
using CentralPay.Workflows.Sandbox.Time;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CentralPay.Workflows.Sandbox.Storage;

/// <summary>Everything the sandbox remembers, in one SQLite file.</summary>
public sealed class SandboxDatabase(DbContextOptions<SandboxDatabase> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<PaymentRequest> PaymentRequests => Set<PaymentRequest>();
    public DbSet<Breakdown> Breakdowns => Set<Breakdown>();
    public DbSet<CardTransaction> Transactions => Set<CardTransaction>();
    public DbSet<CardChallenge> Challenges => Set<CardChallenge>();
    public DbSet<Refund> Refunds => Set<Refund>();
    public DbSet<Transfer> Transfers => Set<Transfer>();
    public DbSet<Wallet> Wallets => Set<Wallet>();
    public DbSet<MoneyOut> MoneyOut => Set<MoneyOut>();

    public DbSet<Mandate> Mandates => Set<Mandate>();
    public DbSet<DirectDebit> DirectDebits => Set<DirectDebit>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<KeptAnswer> KeptAnswers => Set<KeptAnswer>();
    public DbSet<ClockOffset> ClockOffsets => Set<ClockOffset>();

    /// <summary>Creates the tables that are missing, in a file of an earlier version too, and turns on write-ahead logging so that readers never wait.</summary>
    public async Task CreateAsync()
    {
        if (!await Database.EnsureCreatedAsync())
        {
            var script = Database.GenerateCreateScript()
                .Replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", StringComparison.Ordinal)
                .Replace("CREATE UNIQUE INDEX ", "CREATE UNIQUE INDEX IF NOT EXISTS ", StringComparison.Ordinal)
                .Replace("CREATE INDEX ", "CREATE INDEX IF NOT EXISTS ", StringComparison.Ordinal);
            await Database.ExecuteSqlRawAsync(script);
        }

        await Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;");
    }

    /// <summary>How far business time runs ahead of the machine's.</summary>
    public async Task<TimeSpan> ClockOffsetAsync() =>
        await ClockOffsets.Select(offset => (long?)offset.Microseconds).SingleOrDefaultAsync() is { } microseconds
            ? TimeSpan.FromMicroseconds(microseconds)
            : TimeSpan.Zero;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Text instants cannot be ordered across offsets, so instants are microseconds since 1970.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<PaymentRequestStatus>().HaveConversion<string>();
        configurationBuilder.Properties<PaymentStatus>().HaveConversion<string>();
        configurationBuilder.Properties<Ending>().HaveConversion<string>();
        configurationBuilder.Properties<TransactionStatus>().HaveConversion<string>();
        configurationBuilder.Properties<ChallengeState>().HaveConversion<string>();
        configurationBuilder.Properties<MandateStatus>().HaveConversion<string>();
        configurationBuilder.Properties<DebitScheme>().HaveConversion<string>();
        configurationBuilder.Properties<DebitStatus>().HaveConversion<string>();
        configurationBuilder.Properties<WebhookState>().HaveConversion<string>();
        configurationBuilder.Properties<MoneyOutStatus>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>(account =>
        {
            account.HasKey(a => a.Number);
            account.HasIndex(a => a.Login).IsUnique();
        });
        modelBuilder.Entity<PaymentRequest>(request =>
        {
            request.HasKey(r => r.Number);
            request.HasIndex(r => r.PaymentRequestId).IsUnique();
            request.HasIndex(r => new { r.AccountNumber, r.MerchantPaymentRequestId });
            request.HasIndex(r => r.VirtualIban).IsUnique();
            request.HasIndex(r => new { r.PaymentRequestStatus, r.ExpiryDate });
            request.HasMany(r => r.Breakdowns).WithOne(b => b.PaymentRequest).HasForeignKey(b => b.PaymentRequestNumber);
        });
        modelBuilder.Entity<Breakdown>(breakdown =>
        {
            breakdown.HasKey(b => b.Number);
            breakdown.HasIndex(b => b.PaymentRequestBreakdownId).IsUnique();
            breakdown.HasMany(b => b.Payments).WithOne().HasForeignKey(p => p.BreakdownNumber);
        });
        modelBuilder.Entity<BreakdownPayment>(payment =>
        {
            payment.HasKey(p => p.Number);
            payment.HasIndex(p => p.Uuid);
        });
        modelBuilder.Entity<CardTransaction>(transaction =>
        {
            transaction.HasKey(t => t.Number);
            transaction.HasIndex(t => t.TransactionId).IsUnique();
            transaction.HasIndex(t => t.AttemptId).IsUnique();
            transaction.HasIndex(t => t.PaymentRequestId);
            transaction.HasIndex(t => new { t.TransactionStatus, t.NextStepDate });
        });
        modelBuilder.Entity<CardChallenge>().HasKey(c => c.CardChallengeId);
        modelBuilder.Entity<Refund>(refund =>
        {
            refund.HasKey(r => r.Number);
            refund.HasIndex(r => r.RefundId).IsUnique();
            refund.HasIndex(r => r.TransactionId);
        });
        modelBuilder.Entity<Transfer>(transfer =>
        {
            transfer.HasKey(t => t.Number);
            transfer.HasIndex(t => t.SctTransactionId).IsUnique();
        });
        modelBuilder.Entity<Wallet>().HasKey(w => w.WalletId);
        modelBuilder.Entity<MoneyOut>(order =>
        {
            order.HasKey(o => o.Number);
            order.HasIndex(o => o.OrderId).IsUnique();
            order.HasIndex(o => new { o.AccountNumber, o.MerchantReference });
            order.HasIndex(o => o.NextStepDate);
        });
        modelBuilder.Entity<Mandate>(mandate =>
        {
            mandate.HasKey(m => m.Number);
            mandate.HasIndex(m => m.MandateId).IsUnique();
            mandate.HasIndex(m => new { m.AccountNumber, m.Rum }).IsUnique();
            mandate.HasIndex(m => new { m.AccountNumber, m.MerchantMandateId });
        });
        modelBuilder.Entity<DirectDebit>(debit =>
        {
            debit.HasKey(d => d.Number);
            debit.HasIndex(d => d.SddTransactionId).IsUnique();
            debit.HasIndex(d => new { d.AccountNumber, d.MerchantSddTransactionId });
            debit.HasIndex(d => d.NextStepDate);
        });
        modelBuilder.Entity<Webhook>(webhook =>
        {
            webhook.HasKey(w => w.Number);
            webhook.HasIndex(w => new { w.State, w.NextAttemptDate });
        });
        modelBuilder.Entity<KeptAnswer>().HasKey(a => new { a.AccountNumber, a.Key });
        modelBuilder.Entity<ClockOffset>().HasKey(o => o.Id);
    }

    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        instant => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        microseconds => new DateTimeOffset(DateTimeOffset.UnixEpoch.Ticks + microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero));
}
