using System.Text.Json.Nodes;
using CentralPay.Workflows.EndToEnd.Running;
using CentralPay.Workflows.Tests.Shared;
using Npgsql;

namespace CentralPay.Workflows.EndToEnd.Story;

/// <summary>The main job as machines and payers live it: real HTTP, real SMTP, a gateway in a process of its own.</summary>
public sealed class StoryThroughTheApi
{
    [Fact]
    public async Task Invoices_become_money_on_the_embedded_database()
    {
        await using var product = await Product.StartAsync();
        await TellAsync(product);
    }

    [Fact]
    public async Task Invoices_become_money_on_PostgreSQL()
    {
        var admin = Environment.GetEnvironmentVariable("CENTRALPAY_TEST_POSTGRES")
            ?? throw new InvalidOperationException("CENTRALPAY_TEST_POSTGRES is not set: run ./test, which starts a PostgreSQL cluster.");
        var name = $"story_{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create(admin);
        await source.CreateCommand($"CREATE DATABASE {name}").ExecuteNonQueryAsync();
        var storage = new Dictionary<string, string>
        {
            ["Storage__Provider"] = "PostgreSql",
            ["Storage__ConnectionString"] = new NpgsqlConnectionStringBuilder(admin) { Database = name }.ConnectionString,
        };
        await using var product = await Product.StartAsync(
            storage,
            async () => await source.CreateCommand($"DROP DATABASE {name} WITH (FORCE)").ExecuteNonQueryAsync());
        await TellAsync(product);
    }

    private static async Task TellAsync(Product product)
    {
        using var finance = await product.SignInAsync("finance@demo.test");
        var (erp, secret) = await product.IssueKeyAsync("read", "invoices.import", "integrate");
        using var live = await LiveClient.ConnectAsync(product.Address, secret);
        var merchant = new Merchant(product, finance, erp);
        await merchant.PassUntilAsync(NextMondayMorning(await merchant.NowAsync()));
        var port = FreePort.Next();
        var endpoint = await Product.PostAsync(erp, "/api/v1/webhook-endpoints", new { name = "ERP", url = $"http://127.0.0.1:{port}/erp/" });
        using var receiver = new ErpReceiver(port, endpoint["secret"]!.GetValue<string>());

        await TheFileIsBroughtInOnceAsync(merchant);
        var mails = await EveryCustomerIsRemindedOnceAsync(product, merchant);
        await PayersPayEachInTheirWayAsync(product, merchant, mails);
        await TheErpIsToldOnceItIsUpAsync(merchant, receiver);
        await OnlyWhoOwesIsRemindedAgainAsync(product, merchant);
        await TheLiveClientSeesWhatTheApiSaysAsync(merchant, live);
        await TheBooksBalanceAndNoCaseIsLostAsync(merchant);
    }

    private static async Task TheFileIsBroughtInOnceAsync(Merchant merchant)
    {
        var sample = await File.ReadAllBytesAsync(Merchant.SampleInvoices);
        var first = await merchant.ImportAsync(sample, "invoices.csv");
        Assert.Equal(300, first["accepted"]!.GetValue<int>());
        Assert.Equal(6, first["rejected"]!.GetValue<int>());
        Assert.All(first["rejects"]!.AsArray(), reject => Assert.True(reject!["line"]!.GetValue<int>() > 1 && reject["field"] is not null));

        var again = await merchant.ImportAsync(sample, "invoices.csv");
        Assert.Equal(300, again["unchanged"]!.GetValue<int>());
        Assert.Equal(0, again["accepted"]!.GetValue<int>());

        var corrected = await merchant.ImportAsync(Merchant.SampleWith("F-2026-0002;", line => line.Replace("56,84", "66,84", StringComparison.Ordinal)), "invoices.csv");
        Assert.Equal(1, corrected["corrected"]!.GetValue<int>());
        Assert.Equal(66_84, (await merchant.InvoiceAsync("F-2026-0002"))["openMinor"]!.GetValue<long>());
    }

    private static async Task<Dictionary<string, Mail>> EveryCustomerIsRemindedOnceAsync(Product product, Merchant merchant)
    {
        await Eventually.AnswersAsync("Every invoice is asked for", () => merchant.AllAsync("/api/v1/cases?status=running"), cases =>
            cases.Count(waiting => waiting["waitingStep"]?.GetValue<string>() == "wait-first") == 300);
        await merchant.PassAsync(1);
        var customers = (await merchant.AllAsync("/api/v1/customers")).Count;
        var sent = await merchant.AllAsync("/api/v1/messages?status=sent");
        Assert.Equal(customers, sent.Count);
        await EveryInvoiceIsToldOfOnceAsync(merchant, "reminder.first", 300);
        var mails = product.Mails.Mails();
        Assert.Equal(customers, mails.Count);
        Assert.Equal(customers, mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.All(mails, mail => Assert.True(mail.HasPicture == (mail.PaymentPages.Count == 1), "A mail about one invoice carries its QR code, one about several a link each."));
        return mails.SelectMany(mail => mail.PaymentPages.Select(page => (page, mail))).ToDictionary(link => link.page, link => link.mail);
    }

    /// <summary>Each invoice stands in one message that was sent, its own or one that covers it.</summary>
    private static async Task EveryInvoiceIsToldOfOnceAsync(Merchant merchant, string template, int invoices)
    {
        var sent = (await merchant.AllAsync("/api/v1/messages?status=sent")).ToDictionary(message => message["id"]!.GetValue<string>());
        var covered = await merchant.AllAsync("/api/v1/messages?status=covered");
        Assert.All(covered, message => Assert.True(sent.ContainsKey(message["coveredBy"]!.GetValue<string>())));
        var told = sent.Values.Concat(covered).Where(message => message["template"]!.GetValue<string>() == template).Select(message => message["invoiceId"]!.GetValue<string>()).ToArray();
        Assert.Equal(invoices, told.Length);
        Assert.Equal(invoices, told.Distinct().Count());
        Assert.Equal(sent.Count + covered.Count, sent.Values.Sum(message => message["invoiceCount"]!.GetValue<int>()));
    }

    private static async Task PayersPayEachInTheirWayAsync(Product product, Merchant merchant, Dictionary<string, Mail> mails)
    {
        var byCard = await merchant.InvoiceAsync("F-2026-0001");
        var cardPath = await PaymentPathAsync(merchant, byCard, mails);
        await merchant.PayByCardAsync(cardPath);
        await PaidAsync(merchant, "F-2026-0001");

        var byTransfer = await merchant.RequestOfAsync(await merchant.InvoiceAsync("F-2026-0003"));
        await merchant.TransferAsync(byTransfer["virtualIban"]!.GetValue<string>(), byTransfer["amountMinor"]!.GetValue<long>(), "CLIENT TROIS");
        await PaidAsync(merchant, "F-2026-0003");

        var inHalves = await merchant.InvoiceAsync("F-2026-0004");
        var halvesRequest = await merchant.RequestOfAsync(inHalves);
        await merchant.TransferAsync(halvesRequest["virtualIban"]!.GetValue<string>(), inHalves["openMinor"]!.GetValue<long>() / 2, "CLIENT QUATRE");
        await Eventually.AnswersAsync("Half is paid", () => merchant.InvoiceAsync("F-2026-0004"), invoice => invoice["status"]!.GetValue<string>() == "partly_paid");
        await merchant.PayByCardAsync(await PaymentPathAsync(merchant, inHalves, mails));
        await PaidAsync(merchant, "F-2026-0004");

        var twice = await merchant.InvoiceAsync("F-2026-0005");
        var twiceRequest = await merchant.RequestOfAsync(twice);
        await merchant.PayByCardAsync(await PaymentPathAsync(merchant, twice, mails));
        await PaidAsync(merchant, "F-2026-0005");
        await merchant.TransferAsync(twiceRequest["virtualIban"]!.GetValue<string>(), twice["amountMinor"]!.GetValue<long>(), "CLIENT CINQ");
        await Eventually.AnswersAsync("The second payment is a credit", merchant.FiguresAsync, figures =>
            figures["customerCreditMinor"]!.GetValue<long>() == twice["amountMinor"]!.GetValue<long>());
    }

    private static async Task TheErpIsToldOnceItIsUpAsync(Merchant merchant, ErpReceiver receiver)
    {
        await Eventually.AnswersAsync("The ERP was tried while it was down", () => merchant.AllAsync("/api/v1/cases?status=running"), cases =>
            cases.Count(waiting => waiting["waitingStep"]?.GetValue<string>() == "erp") == 4);
        receiver.ComeUp();
        await merchant.PassAsync(1);

        Assert.Equal(["F-2026-0001", "F-2026-0003", "F-2026-0004", "F-2026-0005"], receiver.Callbacks.Select(callback => callback.InvoiceNumber).Order());
        Assert.All(receiver.Callbacks, callback => Assert.True(callback.Signed && callback.Type == "invoice.paid"));
    }

    private static async Task OnlyWhoOwesIsRemindedAgainAsync(Product product, Merchant merchant)
    {
        // The last sample invoice is due on 31 December 2026: two weeks and a little later everybody had both reminders.
        await merchant.PassAsync(60);
        await EveryInvoiceIsToldOfOnceAsync(merchant, "reminder.second", 296);
        await NobodyWasRemindedTwiceADayAsync(merchant);
        Assert.Equal(296, (await merchant.AllAsync("/api/v1/tasks?status=open")).Count(task => task["kind"]!.GetValue<string>() == "call"));
        var mails = product.Mails.Mails();
        Assert.Equal(mails.Count, mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal((await merchant.AllAsync("/api/v1/messages?status=sent")).Count, mails.Count);
    }

    private static async Task NobodyWasRemindedTwiceADayAsync(Merchant merchant)
    {
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var days = (await merchant.AllAsync("/api/v1/messages?status=sent")).Where(message => message["template"]!.GetValue<string>().StartsWith("reminder.", StringComparison.Ordinal))
            .GroupBy(message => (message["customerId"]!.GetValue<string>(), TimeZoneInfo.ConvertTime(message["sentAt"]!.GetValue<DateTimeOffset>(), paris).Date));
        Assert.All(days, day => Assert.Single(day));
    }

    private static async Task TheLiveClientSeesWhatTheApiSaysAsync(Merchant merchant, LiveClient live)
    {
        var figures = await merchant.FiguresAsync();
        await Eventually.IsSoAsync("The live client sees the same", () => Task.FromResult(
            live.Figures.ValueKind == System.Text.Json.JsonValueKind.Object
            && live.Figures.GetProperty("outstandingMinor").GetInt64() == figures["outstandingMinor"]!.GetValue<long>()
            && live.Figures.GetProperty("openTasks").GetInt32() == figures["openTasks"]!.GetValue<int>()));
        Assert.NotEmpty(live.Messages("events"));
    }

    private static async Task TheBooksBalanceAndNoCaseIsLostAsync(Merchant merchant)
    {
        var balances = (await merchant.AllAsync("/api/v1/ledger/balances")).Sum(balance => balance["balanceMinor"]!.GetValue<long>());
        Assert.Equal(0, balances);
        var invoices = await merchant.AllAsync("/api/v1/invoices");
        Assert.Equal(4, invoices.Count(invoice => invoice["status"]!.GetValue<string>() == "paid"));
        Assert.Equal((await merchant.FiguresAsync())["outstandingMinor"]!.GetValue<long>(), invoices.Sum(invoice => invoice["openMinor"]!.GetValue<long>()));

        var cases = await merchant.AllAsync("/api/v1/cases");
        Assert.DoesNotContain(cases, each => each["subStatus"]!.GetValue<string>() == "faulted");
        Assert.Equal(296, cases.Count(each => each["waitingStep"]?.GetValue<string>() == "wait-last"));
        Assert.Equal(4, cases.Count(each => each["scenarioId"]!.GetValue<string>() == "soft-dunning" && each["status"]!.GetValue<string>() == "finished"));
    }

    private static Task<JsonNode> PaidAsync(Merchant merchant, string number) =>
        Eventually.AnswersAsync($"{number} is paid", () => merchant.InvoiceAsync(number), invoice => invoice["status"]!.GetValue<string>() == "paid");

    private static async Task<string> PaymentPathAsync(Merchant merchant, JsonNode invoice, Dictionary<string, Mail> mails)
    {
        var link = (await merchant.RequestOfAsync(invoice))["link"]!.GetValue<string>();
        Assert.Contains(link, mails.Keys);
        return new Uri(link).AbsolutePath;
    }

    private static DateTimeOffset NextMondayMorning(DateTimeOffset now)
    {
        var days = ((int)DayOfWeek.Monday - (int)now.UtcDateTime.DayOfWeek + 7) % 7;
        return new DateTimeOffset(now.UtcDateTime.Date.AddDays(days == 0 ? 7 : days).AddHours(9), TimeSpan.Zero);
    }
}
