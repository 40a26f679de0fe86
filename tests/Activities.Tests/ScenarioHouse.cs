using System.Text.Json;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage;
using CentralPay.Workflows.Storage.Databases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Activities.Tests;

/// <summary>A merchant on a real SQLite database with a moved clock, and a hand that plays the world outside.</summary>
internal sealed class ScenarioHouse : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("centralpay-activities-").FullName;
    private readonly ServiceProvider services;

    private ScenarioHouse()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "test.db")}",
            ["Storage:BlobFolder"] = Path.Combine(folder, "blobs"),
        }).Build();
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddStorage(configuration)
            .AddCollections()
            .AddActivities()
            .BuildServiceProvider(validateScopes: true);
        World = new DebitWorld(Clock);
    }

    public MovedClock Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    /// <summary>The banks and the gateway, as far as direct debits go.</summary>
    public DebitWorld World { get; private set; } = null!;

    public Guid MerchantId { get; } = Guid.CreateVersion7();

    /// <summary>A house with the ready-made scenarios published.</summary>
    public static async Task<ScenarioHouse> OpenAsync()
    {
        var house = new ScenarioHouse();
        await house.services.GetRequiredService<DatabaseStart>().MigrateAsync();
        await house.InScopeAsync(async scope =>
        {
            var records = scope.GetRequiredService<IMerchantRecords>();
            records.Add(new Merchant
            {
                Id = house.MerchantId,
                MerchantId = house.MerchantId,
                Name = "Maison Lumière",
                Slug = "maison-lumiere",
                SenderEmail = "compta@maison-lumiere.test",
                DefaultScenarioId = ReadyMadeScenarios.SoftDunningId,
                AcceptsDirectDebit = true,
            });
            await records.CommitAsync();
            var library = scope.GetRequiredService<ScenarioLibrary>();
            foreach (var id in ReadyMadeScenarios.Ids)
            {
                var draft = await library.ImportAsync(ReadyMadeScenarios.Json(id), "test");
                await library.PublishAsync(id, draft.Revision, "First version", "test");
            }
        });
        return house;
    }

    public async Task InScopeAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = services.GetRequiredService<IMerchantScopes>().Open(MerchantId, Actor.System);
        await work(scope.Services);
    }

    /// <summary>Something a person does.</summary>
    public async Task<T> AsAsync<T>(Actor actor, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = services.GetRequiredService<IMerchantScopes>().Open(MerchantId, actor);
        return await work(scope.Services);
    }

    public async Task<T> ReadAsync<T>(Func<IServiceProvider, Task<T>> read)
    {
        await using var scope = services.GetRequiredService<IMerchantScopes>().Open(MerchantId, Actor.System);
        return await read(scope.Services);
    }

    /// <summary>An invoice comes in, with its ledger entry and its event, as the import writes it.</summary>
    public async Task<Invoice> InvoiceComesInAsync(string number, long amountMinor, DateOnly? dueDate = null, string scenarioId = ReadyMadeScenarios.SoftDunningId, string? kind = null, bool begin = true)
    {
        var now = Clock.GetUtcNow();
        var customer = new Customer { Id = Guid.CreateVersion7(), MerchantId = MerchantId, Number = "C-" + number, Name = "Dupont SARL", Email = "dupont@example.test", CreatedAt = now };
        var amount = new Money(amountMinor, "EUR");
        var invoice = new Invoice
        {
            Id = Guid.CreateVersion7(),
            MerchantId = MerchantId,
            Number = number,
            CustomerId = customer.Id,
            IssueDate = new DateOnly(2026, 10, 23),
            DueDate = dueDate ?? new DateOnly(2026, 11, 22),
            Amount = amount,
            Open = amount,
            Kind = kind,
            ScenarioId = scenarioId,
            ImportedAt = now,
        };
        await InScopeAsync(async scope =>
        {
            var records = scope.GetRequiredService<IMerchantRecords>();
            records.Add(customer);
            records.Add(invoice);
            records.Post(Postings.InvoiceIssued(invoice, now));
            await records.CommitAsync();
        });
        if (begin)
        {
            await BeginAsync(invoice, scenarioId);
        }

        return invoice;
    }

    /// <summary>The invoice's scenario is told of it.</summary>
    public Task BeginAsync(Invoice invoice, string scenarioId) => InScopeAsync(async scope =>
    {
        var records = scope.GetRequiredService<IMerchantRecords>();
        records.Raise(new DomainEvent
        {
            Id = Guid.CreateVersion7(),
            MerchantId = MerchantId,
            Name = EventNames.InvoiceImported,
            At = Clock.GetUtcNow(),
            CustomerId = invoice.CustomerId,
            InvoiceId = invoice.Id,
            AmountMinor = invoice.Amount.AmountMinor,
            Currency = invoice.Amount.Currency,
            DataJson = JsonSerializer.Serialize(new { number = invoice.Number, scenarioId }),
        });
        await records.CommitAsync();
    });

    /// <summary>The gateway tells how a mandate stands.</summary>
    public Task TellAsync(Mandate mandate) => InScopeAsync(async scope =>
    {
        await scope.GetRequiredService<MandateSync>().ApplyAsync(await World.ReadAsync(mandate));
        await scope.GetRequiredService<IMerchantRecords>().CommitAsync();
    });

    /// <summary>The gateway tells how a debit stands.</summary>
    public Task TellAsync(DirectDebit debit) => InScopeAsync(async scope =>
    {
        await scope.GetRequiredService<DebitSync>().ApplyAsync(await World.ReadAsync(debit));
        await scope.GetRequiredService<IMerchantRecords>().CommitAsync();
    });

    /// <summary>Runs cases and answers effects that are due until nothing is left to do now.</summary>
    public async Task SettleAsync()
    {
        var worker = services.GetRequiredService<CaseWorker>();
        var outbox = services.GetRequiredService<IOutboxQueue>();
        while (true)
        {
            var ran = await worker.DrainAsync();
            var effects = await outbox.ClaimAsync("test", Clock.GetUtcNow(), 100, 100, TimeSpan.FromMinutes(1));
            foreach (var effect in effects)
            {
                await AnswerAsync(effect);
            }

            if (ran == 0 && effects.Count == 0)
            {
                return;
            }
        }
    }

    /// <summary>Time passes; what falls due on the way happens at its own time.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        var until = Clock.GetUtcNow() + span;
        while (Clock.GetUtcNow() < until)
        {
            var next = await NextDueAsync();
            Clock.MoveTo(next is { } due && due < until && due > Clock.GetUtcNow() ? due : until);
            await SettleAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<DateTimeOffset?> NextDueAsync()
    {
        var timer = await services.GetRequiredService<IWorkQueue>().NextTimerDueAsync();
        var effect = await services.GetRequiredService<IOutboxQueue>().NextDueAsync();
        return timer is null ? effect : effect is null ? timer : timer < effect ? timer : effect;
    }

    // The gateway makes every request, mail and ERP take everything; the mail's guard is asked as the outbox does.
    private Task AnswerAsync(Effect effect) => InScopeAsync(async scope =>
    {
        var records = scope.GetRequiredService<IMerchantRecords>();
        var state = EffectState.Delivered;
        if (effect.Kind == EffectKinds.CreateGatewayRequest)
        {
            var requestId = JsonDocument.Parse(effect.PayloadJson).RootElement.GetProperty("requestId").GetGuid();
            await scope.GetRequiredService<GatewaySync>().ApplyAsync(new GatewayRequest
            {
                Id = $"gw-{requestId:N}",
                MerchantPaymentRequestId = requestId.ToString(),
                Endpoint = $"https://gateway.test/pay/{requestId:N}",
                VirtualIban = "FR7630006000011234567890189",
                RequestStatus = "ACTIVE",
                PaymentStatus = "PENDING",
            });
        }
        else if (World.HandlerOf(effect.Kind, scope) is { } handler)
        {
            state = await DebitWorld.RunAsync(handler, effect, records);
        }
        else if (effect.Kind == EffectKinds.Email)
        {
            state = await MailAsync(scope, effect);
        }

        records.Settle(new EffectSettlement { EffectId = effect.Id, LeaseToken = effect.LeaseToken, State = state, At = Clock.GetUtcNow() });
        records.Raise(new DomainEvent
        {
            Id = Guid.CreateVersion7(),
            MerchantId = MerchantId,
            Name = EventNames.EffectAnswered,
            At = Clock.GetUtcNow(),
            SubjectId = effect.Id,
            DataJson = JsonSerializer.Serialize(new { key = effect.Key, outcome = state.ToString(), answer = (string?)null }),
        });
        await records.CommitAsync();
    });

    private static async Task<EffectState> MailAsync(IServiceProvider scope, Effect effect)
    {
        var records = scope.GetRequiredService<IMerchantRecords>();
        var messageId = JsonDocument.Parse(effect.PayloadJson).RootElement.GetProperty("messageId").GetGuid();
        var message = await records.FindAsync<Payments.Messages.Message>(messageId);
        var verdict = await scope.GetRequiredService<Payments.Contacts.ContactGuard>().CheckAsync(message!);
        if (message!.Status != Payments.Messages.MessageStatus.Planned)
        {
            return EffectState.Cancelled;
        }

        records.Update(message with { Status = verdict.Kind == GuardKind.Go ? Payments.Messages.MessageStatus.Sent : Payments.Messages.MessageStatus.Cancelled, Reason = verdict.Reason });
        return verdict.Kind == GuardKind.Go ? EffectState.Delivered : EffectState.Cancelled;
    }
}

/// <summary>Business time that only tests move.</summary>
internal sealed class MovedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;

    public void MoveTo(DateTimeOffset instant) => now = instant;
}
