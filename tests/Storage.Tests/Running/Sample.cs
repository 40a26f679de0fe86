using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;

namespace CentralPay.Workflows.Storage.Tests.Running;

/// <summary>Records as tests need them.</summary>
internal static class Sample
{
    public static Merchant Merchant(Guid id, string slug) => new()
    {
        Id = id,
        MerchantId = id,
        Name = slug,
        Slug = slug,
        SenderEmail = $"billing@{slug}.test",
    };

    public static Customer Customer(Guid merchant, string number) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = merchant,
        Number = number,
        Name = $"Customer {number}",
        CreatedAt = TestDatabase.Start,
    };

    public static Invoice Invoice(Guid merchant, string number, long amountMinor = 10_000, DateOnly? dueDate = null, Guid? customer = null) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = merchant,
        Number = number,
        CustomerId = customer ?? Guid.CreateVersion7(),
        IssueDate = new DateOnly(2026, 2, 1),
        DueDate = dueDate ?? new DateOnly(2026, 3, 15),
        Amount = new Money(amountMinor, "EUR"),
        Open = new Money(amountMinor, "EUR"),
        ImportedAt = TestDatabase.Start,
    };

    public static Payment Payment(Guid merchant, string sourceKey, long amountMinor, DateTimeOffset receivedAt) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = merchant,
        SourceKey = sourceKey,
        Method = PaymentMethod.Card,
        Amount = new Money(amountMinor, "EUR"),
        Allocated = new Money(amountMinor, "EUR"),
        ReceivedAt = receivedAt,
    };

    public static LedgerEntry Sale(Guid merchant, string key, long amountMinor, Guid? invoice = null, Guid? customer = null) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = merchant,
        Key = key,
        Kind = "invoice",
        At = TestDatabase.Start,
        Lines =
        [
            new LedgerLine { Account = LedgerAccount.Receivable, AmountMinor = amountMinor, Currency = "EUR", InvoiceId = invoice, CustomerId = customer },
            new LedgerLine { Account = LedgerAccount.Sales, AmountMinor = -amountMinor, Currency = "EUR", InvoiceId = invoice },
        ],
    };

    public static DomainEvent Event(Guid merchant, string name, Guid? invoice = null) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = merchant,
        Name = name,
        At = TestDatabase.Start,
        InvoiceId = invoice,
    };

    public static Effect Effect(Guid merchant, string key, string lane = "email", DateTimeOffset? dueAt = null) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = merchant,
        Key = key,
        Kind = EffectKinds.Email,
        Lane = lane,
        Repeat = EffectRepeat.Neither,
        PayloadJson = "{}",
        DueAt = dueAt ?? TestDatabase.Start,
        AskedAt = TestDatabase.Start,
    };
}
