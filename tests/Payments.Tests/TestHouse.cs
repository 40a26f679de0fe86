using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Documents;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;
using CentralPay.Workflows.Payments.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Payments.Tests;

/// <summary>A merchant with empty books in memory, a clock that is moved by hand, and a unit of work per step.</summary>
internal sealed class TestHouse
{
    private readonly ServiceProvider services;

    public TestHouse(Merchant? merchant = null)
    {
        Merchant = merchant ?? new Merchant
        {
            Id = MerchantId,
            MerchantId = MerchantId,
            Name = "Maison Lumière",
            Slug = "maison-lumiere",
            SenderEmail = "compta@maison-lumiere.test",
            DefaultScenarioId = "soft-dunning",
        };
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Store)
            .AddSingleton<IBlobStore>(Blobs)
            .AddScoped(provider => new MemoryRecords(Store, provider.GetRequiredService<MerchantBinding>().MerchantId, [new Listener(this)]))
            .AddScoped<IMerchantRecords>(provider => provider.GetRequiredService<MemoryRecords>())
            .AddScoped<ILedger, MemoryLedger>()
            .AddSingleton<IMerchantScopes, MemoryScopes>()
            .AddCollections()
            .BuildServiceProvider(validateScopes: true);
        var records = new MemoryRecords(Store, MerchantId);
        records.Add(Merchant);
        records.CommitAsync().GetAwaiter().GetResult();
    }

    public static Guid MerchantId { get; } = new("0192f0a1-0000-7000-8000-000000000001");

    public Merchant Merchant { get; }

    public MemoryStore Store { get; } = new();

    public MemoryBlobs Blobs { get; } = new();

    public TestClock Clock { get; } = new();

    /// <summary>What a test wants to happen when something is told, inside the unit of work that tells it.</summary>
    public Action<DomainEvent>? OnEvent { get; set; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>One step in a scope of its own, committed at the end.</summary>
    public Task<T> DoAsync<TService, T>(Func<TService, Task<T>> step, Actor? actor = null) where TService : notnull =>
        InScopeAsync(provider => step(provider.GetRequiredService<TService>()), actor);

    public Task DoAsync<TService>(Func<TService, Task> step, Actor? actor = null) where TService : notnull =>
        DoAsync<TService, bool>(async service => { await step(service); return true; }, actor);

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> step, Actor? actor = null)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<MerchantBinding>().Bind(Merchant.Id, actor ?? Actor.System);
        var result = await step(scope.ServiceProvider);
        await scope.ServiceProvider.GetRequiredService<IMerchantRecords>().CommitAsync();
        return result;
    }

    public IReadOnlyList<T> All<T>() where T : class, IMerchantRecord => Store.RowsOf<T>(Merchant.Id);

    public T Get<T>(Guid id) where T : class, IMerchantRecord => All<T>().Single(row => row.Id == id);

    public IReadOnlyList<string> Events => [.. All<DomainEvent>().Select(happened => happened.Name)];

    public IReadOnlyList<Effect> Effects(string kind) => [.. All<Effect>().Where(effect => effect.Kind == kind)];

    public long Balance(LedgerAccount account, Guid? invoiceId = null) => Store.EntriesOf(Merchant.Id)
        .SelectMany(entry => entry.Lines)
        .Where(line => line.Account == account && (invoiceId is null || line.InvoiceId == invoiceId))
        .Sum(line => line.AmountMinor);

    public bool BooksBalance() => Store.EntriesOf(Merchant.Id).SelectMany(entry => entry.Lines).GroupBy(line => line.Currency).All(lines => lines.Sum(line => line.AmountMinor) == 0)
        && All<Invoice>().All(invoice => invoice.Status == InvoiceStatus.Cancelled || Balance(LedgerAccount.Receivable, invoice.Id) == invoice.Open.AmountMinor);

    public Task<Customer> CustomerAsync(string number = "C-001", Func<Customer, Customer>? with = null) => InScopeAsync(provider =>
    {
        var customer = new Customer
        {
            Id = Guid.CreateVersion7(),
            MerchantId = Merchant.Id,
            Number = number,
            Name = "Dupont SARL",
            Email = "compta@dupont.example.test",
            CreatedAt = Now,
        };
        customer = with?.Invoke(customer) ?? customer;
        provider.GetRequiredService<IMerchantRecords>().Add(customer);
        return Task.FromResult(customer);
    });

    public async Task<Invoice> InvoiceAsync(long amountMinor = 10_000, string number = "F-2026-0001", Customer? customer = null)
    {
        customer ??= All<Customer>() is [var first, ..] ? first : await CustomerAsync();
        return await InScopeAsync(provider =>
        {
            var invoice = new Invoice
            {
                Id = Guid.CreateVersion7(),
                MerchantId = Merchant.Id,
                Number = number,
                CustomerId = customer.Id,
                IssueDate = new DateOnly(2026, 10, 1),
                DueDate = new DateOnly(2026, 10, 31),
                Amount = new Money(amountMinor, "EUR"),
                Open = new Money(amountMinor, "EUR"),
                ImportedAt = Now,
            };
            var records = provider.GetRequiredService<IMerchantRecords>();
            records.Add(invoice);
            records.Post(Postings.InvoiceIssued(invoice, Now));
            return Task.FromResult(invoice);
        });
    }

    public Task<PaymentRequest> RequestAsync(Invoice invoice, DateTimeOffset? deadline = null) => DoAsync<PaymentRequests, PaymentRequest>(requests =>
        requests.OpenAsync(new OpenPaymentRequest { InvoiceId = invoice.Id, EffectKey = $"case/step/{Guid.CreateVersion7()}", Deadline = deadline }));

    /// <summary>A paid invoice: by card, or by a transfer that is available at once.</summary>
    public async Task<Invoice> PaidInvoiceAsync(long amountMinor, string number, PaymentMethod method = PaymentMethod.Card)
    {
        var invoice = await InvoiceAsync(amountMinor, number);
        await DoAsync<ReceiptBook, Booking>(book => book.BookAsync(new ReceivedMoney
        {
            SourceKey = "tx-" + number,
            Method = method,
            Amount = Euros(amountMinor),
            ReceivedAt = Now,
            InvoiceId = invoice.Id,
            HeldOn = method == PaymentMethod.Transfer ? LedgerAccount.Bank : LedgerAccount.GatewayClearing,
        }));
        return Get<Invoice>(invoice.Id);
    }

    /// <summary>An endpoint of the merchant's ERP, which is told from now on.</summary>
    public Task ErpListensAsync() => DoAsync<IMerchantRecords>(records =>
    {
        records.Add(new WebhookEndpoint { Id = Guid.CreateVersion7(), MerchantId = Merchant.Id, Name = "ERP", Url = "https://erp.example.test", SecretProtected = "x", CreatedAt = Now });
        return Task.CompletedTask;
    });

    public static Money Euros(long cents) => new(cents, "EUR");

    private sealed class Listener(TestHouse house) : IDomainEventListener
    {
        public void On(DomainEvent happened) => house.OnEvent?.Invoke(happened);
    }

    /// <summary>Somebody by identity who may do everything.</summary>
    public static Actor Somebody(string id, string? issuedBy = null) => new() { Id = id, Name = id, IssuedBy = issuedBy, Permissions = Permissions.All.ToHashSet() };

    public static Actor Person(params string[] permissions) => new() { Id = "user:1", Name = "Agnès Martin", Permissions = permissions.ToHashSet() };
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Set(DateTimeOffset to) => now = to;

    public void Move(TimeSpan by) => now += by;
}
