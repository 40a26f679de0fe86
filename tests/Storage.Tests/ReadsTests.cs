using System.Xml.Linq;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Documents;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Storage.Clock;
using CentralPay.Workflows.Storage.People;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Storage.Tests;

public sealed class SqliteReadsTests() : ReadsTests(StorageProvider.Sqlite);

public sealed class PostgreSqlReadsTests() : ReadsTests(StorageProvider.PostgreSql);

/// <summary>Figures, look-ups, people, keys, clock and blobs.</summary>
public abstract class ReadsTests(StorageProvider provider) : StorageTest(provider)
{
    [Fact]
    public async Task Instants_are_ordered_to_the_microsecond()
    {
        var instants = new[] { 3, 1, 2 }.Select(microseconds => TestDatabase.Start.AddMicroseconds(microseconds)).ToList();
        await CommitAsync(records => instants.ForEach(at => records.Add(Sample.Payment(Merchant, $"p-{at.Microsecond}", 1, at))));
        var between = TestDatabase.Start.AddMicroseconds(1);

        Assert.Equal([2L, 3L], (await ReadAsync(records => records.ListAsync<Payment>(payment => payment.ReceivedAt > between)))
            .Select(payment => (payment.ReceivedAt - TestDatabase.Start).Ticks / TimeSpan.TicksPerMicrosecond).Order());
        Assert.Equal(instants.Order(), (await ReadAsync(records => records.ListAsync<Payment>(payment => true))).Select(payment => payment.ReceivedAt).Order());
    }

    [Fact]
    public async Task The_last_instant_there_is_is_kept_and_read_again()
    {
        await CommitAsync(records => records.Add(Sample.Payment(Merchant, "p-last", 1, DateTimeOffset.MaxValue)));

        var payment = Assert.Single(await ReadAsync(records => records.ListAsync<Payment>(payment => true)));

        Assert.True(DateTimeOffset.MaxValue - payment.ReceivedAt < TimeSpan.FromMicroseconds(1));
    }

    [Fact]
    public async Task Another_merchants_rows_are_nowhere_to_be_seen()
    {
        var invoice = Sample.Invoice(Merchant, "F-1");
        await CommitAsync(records => records.Add(invoice));

        Assert.Null(await ReadAsync(records => records.FindAsync<Invoice>(invoice.Id), OtherMerchant));
        Assert.Empty(await ReadAsync(records => records.ListAsync<Invoice>(row => true), OtherMerchant));
        Assert.Empty(await ReadAsync(records => records.PageAsync<Invoice>(row => true, null, 10), OtherMerchant));
        Assert.Equal(0, await ReadAsync(records => records.CountAsync<Invoice>(row => true), OtherMerchant));
    }

    [Fact]
    public async Task An_unbound_scope_sees_no_merchants_rows()
    {
        await using var scope = House.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Schema.CollectionsDb>();

        Assert.Throws<InvalidOperationException>(() => db.Set<Invoice>().Any());
    }

    [Fact]
    public async Task The_context_writes_no_record_past_the_unit_of_work()
    {
        await using var scope = House.Open(Merchant);
        var db = scope.Services.GetRequiredService<Schema.CollectionsDb>();
        db.Add(Sample.Invoice(Merchant, "F-1"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task The_figures_say_where_the_euros_stand()
    {
        var now = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);
        var today = new DateOnly(2026, 3, 2);
        await CommitAsync(records =>
        {
            records.Add(Sample.Merchant(Merchant, "maison"));
            records.Add(Sample.Invoice(Merchant, "due", 1_000, today));
            records.Add(Sample.Invoice(Merchant, "late-1", 200, today.AddDays(-1)));
            records.Add(Sample.Invoice(Merchant, "late-30", 30, today.AddDays(-30)));
            records.Add(Sample.Invoice(Merchant, "late-31", 31, today.AddDays(-31)));
            records.Add(Sample.Invoice(Merchant, "late-91", 91, today.AddDays(-91)));
            records.Add(Sample.Invoice(Merchant, "paid", 5_000, today.AddDays(-5)) with { Open = Money.Zero("EUR"), Status = InvoiceStatus.Paid });

            // Paris is an hour ahead: 23:30 UTC of the day before is today there.
            records.Add(Sample.Payment(Merchant, "today", 400, new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.Zero)));
            records.Add(Sample.Payment(Merchant, "yesterday", 70, new DateTimeOffset(2026, 3, 1, 22, 30, 0, TimeSpan.Zero)));
            records.Add(Sample.Payment(Merchant, "long ago", 9, new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero)));
            records.Post(new LedgerEntry
            {
                Id = Guid.CreateVersion7(),
                MerchantId = Merchant,
                Key = "credit",
                Kind = "credit",
                At = now,
                Lines =
                [
                    new LedgerLine { Account = LedgerAccount.GatewayClearing, AmountMinor = 55, Currency = "EUR" },
                    new LedgerLine { Account = LedgerAccount.CustomerCredit, AmountMinor = -55, Currency = "EUR" },
                ],
            });
        });
        await CommitAsync(records => records.Add(Sample.Invoice(OtherMerchant, "foreign", 99_999, today.AddDays(-3))), OtherMerchant);

        await using var scope = House.Open(Merchant);
        var figures = await scope.Services.GetRequiredService<ICollectionFigures>().AtAsync(now);

        Assert.Equal((1_352L, 352L, 5, 4), (figures.OutstandingMinor, figures.OverdueMinor, figures.OpenInvoices, figures.OverdueInvoices));
        Assert.Equal([230L, 31L, 0L, 91L], figures.OverdueByAge.Select(band => band.AmountMinor));
        Assert.Equal((400L, 55L, "EUR"), (figures.CollectedTodayMinor, figures.CustomerCreditMinor, figures.Currency));
        Assert.Equal([0L, 0L, 0L, 0L, 0L, 70L, 400L], figures.CollectedByDay.Select(day => day.AmountMinor));
        Assert.Equal(today, figures.CollectedByDay[^1].Day);
    }

    [Fact]
    public async Task A_scenario_shows_its_cases_what_they_wait_for_and_what_came_in()
    {
        await CommitAsync(records =>
        {
            records.Add(Sample.Merchant(Merchant, "maison"));
            records.Add(Sample.Invoice(Merchant, "open", 1_000));
            records.Add(Sample.Invoice(Merchant, "half", 400) with { Open = new Money(100, "EUR"), Status = InvoiceStatus.PartlyPaid });
            records.Add(Sample.Invoice(Merchant, "paid", 600) with { Open = Money.Zero("EUR"), Status = InvoiceStatus.Paid });
            records.Add(Sample.Invoice(Merchant, "withdrawn", 50_000) with { Open = Money.Zero("EUR"), Status = InvoiceStatus.Cancelled });
        });
        await CommitAsync(records => records.Add(Sample.Invoice(OtherMerchant, "open", 99_999)), OtherMerchant);
        await BeginAsync(Case("open", "wait"), Case("half", "wait"), Case("paid", null), Case("withdrawn", null), Case(null, "match") with { DefinitionId = "transfers" });

        await using var scope = House.Open(Merchant);
        var figures = scope.Services.GetRequiredService<IScenarioFigures>();

        var dunning = (await figures.AllAsync()).Single(scenario => scenario.ScenarioId == "dunning");
        Assert.Equal(new ScenarioFigures("dunning", 2, 1_100, 2_000, 900), dunning);
        Assert.Equal(0.45m, dunning.RecoveryRate);
        Assert.Null((await figures.AllAsync()).Single(scenario => scenario.ScenarioId == "transfers").RecoveryRate);
        Assert.Equal([new WaitingFigures("wait", 2, 1_100)], await figures.WaitingAsync("dunning"));

        async Task BeginAsync(params CaseRecord[] cases)
        {
            await using var scope = House.Open(Merchant);
            var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
            foreach (var row in cases)
            {
                work.Append(new CaseChanged(row, 0));
            }

            await work.CommitAsync();
        }

        CaseRecord Case(string? reference, string? waitingAt) => new()
        {
            Id = Guid.CreateVersion7(),
            TenantId = Merchant,
            DefinitionId = "dunning",
            DefinitionVersionId = "dunning-v1",
            Version = 1,
            StartKey = $"{reference}-{waitingAt}",
            Reference = reference,
            Status = waitingAt is null ? CaseStatus.Finished : CaseStatus.Running,
            WaitingNodeId = waitingAt,
            CreatedAt = TestDatabase.Start,
            UpdatedAt = TestDatabase.Start,
            Revision = 1,
        };
    }

    [Fact]
    public async Task The_directory_finds_the_merchant_of_a_slug_a_link_and_a_key()
    {
        var request = new PaymentRequest
        {
            Id = Guid.CreateVersion7(),
            MerchantId = Merchant,
            InvoiceId = Guid.CreateVersion7(),
            CustomerId = Guid.CreateVersion7(),
            Amount = new Money(100, "EUR"),
            Paid = Money.Zero("EUR"),
            LinkToken = "abcdefghijklmnopqrstuv",
            Reference = "RF18539007547034",
            CreatedAt = TestDatabase.Start,
        };
        var key = new ApiKey { Id = Guid.CreateVersion7(), MerchantId = Merchant, Name = "ERP", Prefix = "cpw_12345678", Hash = "00", Scopes = "read", CreatedAt = TestDatabase.Start };
        await CommitAsync(records =>
        {
            records.Add(Sample.Merchant(Merchant, "maison"));
            records.Add(request);
            records.Add(key);
        });
        await CommitAsync(records => records.Add(Sample.Merchant(OtherMerchant, "nord")), OtherMerchant);
        var directory = House.Get<IMerchantDirectory>();

        Assert.Equal(Merchant, await directory.FindBySlugAsync("maison"));
        Assert.Null(await directory.FindBySlugAsync("MAISON"));
        Assert.Equal(Merchant, await directory.FindByLinkTokenAsync(request.LinkToken));
        Assert.Null(await directory.FindByLinkTokenAsync(request.LinkToken.ToUpperInvariant()));
        Assert.Equal(key, await directory.FindApiKeyAsync("cpw_12345678"));
        Assert.Equal(new[] { Merchant, OtherMerchant }.Order(), (await directory.AllAsync()).Order());
    }

    [Fact]
    public async Task People_sign_in_before_their_merchant_is_known()
    {
        await using var house = await TestDatabase.OpenAsync(Provider, services => services.AddLogging().AddIdentityCore<Person>().AddRoles<IdentityRole<Guid>>().AddPersonStores());
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
            Assert.True((await roles.CreateAsync(new IdentityRole<Guid>(Roles.Agent) { Id = Guid.CreateVersion7() })).Succeeded);
            var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
            var person = new Person { Id = Guid.CreateVersion7(), UserName = "agent@demo.test", Email = "agent@demo.test", MerchantId = Merchant, DisplayName = "Agnès" };
            Assert.True((await people.CreateAsync(person, "Demo-2026!")).Succeeded);
            Assert.True((await people.AddToRoleAsync(person, Roles.Agent)).Succeeded);
        }

        await using var later = house.Services.CreateAsyncScope();
        var found = await later.ServiceProvider.GetRequiredService<UserManager<Person>>().FindByNameAsync("Agent@demo.test");
        Assert.Equal((Merchant, "Agnès"), (found!.MerchantId, found.DisplayName));
        Assert.True(await later.ServiceProvider.GetRequiredService<UserManager<Person>>().IsInRoleAsync(found, Roles.Agent));
    }

    [Fact]
    public void Keys_of_cookies_are_kept_in_the_database()
    {
        var repository = House.Get<IOptions<KeyManagementOptions>>().Value.XmlRepository!;

        repository.StoreElement(new XElement("key", new XAttribute("id", 1)), "key-1");

        Assert.Equal("""<key id="1" />""", Assert.Single(repository.GetAllElements()).ToString());
    }

    [Fact]
    public async Task The_business_clock_keeps_its_offset()
    {
        var store = House.Get<IClockOffsetStore>();
        Assert.Equal(TimeSpan.Zero, await store.LoadAsync());

        await store.SaveAsync(TimeSpan.FromDays(3));
        await store.SaveAsync(TimeSpan.FromDays(40) + TimeSpan.FromMicroseconds(7));

        Assert.Equal(TimeSpan.FromDays(40) + TimeSpan.FromMicroseconds(7), await store.LoadAsync());
    }

    [Fact]
    public async Task A_blob_is_its_merchants_alone_and_no_name_leads_outside()
    {
        await using var ours = House.Open(Merchant);
        await using var theirs = House.Open(OtherMerchant);
        var blobs = ours.Services.GetRequiredService<IBlobStore>();
        var name = await blobs.PutAsync("messages", "html", "Bonjour"u8.ToArray());
        await File.WriteAllTextAsync(Path.Combine(House.Folder, "secret.txt"), "secret");

        Assert.Equal("Bonjour"u8.ToArray(), await blobs.GetAsync(name));
        Assert.Null(await theirs.Services.GetRequiredService<IBlobStore>().GetAsync(name));
        Assert.Null(await blobs.GetAsync("../../secret.txt"));
        Assert.Null(await blobs.GetAsync($"../{Merchant:N}/{name}"));
        Assert.Null(await blobs.GetAsync("/etc/passwd"));
        await Assert.ThrowsAsync<ArgumentException>(() => blobs.PutAsync("../x", "txt", default));
        await Assert.ThrowsAsync<ArgumentException>(() => blobs.PutAsync("x", "t/../xt", default));
    }
}
