using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Api;

/// <summary>Lists as files, a customer's story and the figures, through the API.</summary>
[Collection(HouseCollection.Name)]
public sealed class ListTests(House house)
{
    [Fact]
    public async Task A_list_is_a_file_by_its_address_or_by_what_is_accepted()
    {
        await house.InvoiceAsync("CSV-1");
        var byAddress = await house.Api.GetAsync("/api/v1/invoices/export.csv?number=CSV-1");
        using var call = new HttpRequestMessage(HttpMethod.Get, "/api/v1/invoices?number=CSV-1");
        call.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        var byAccept = await house.Api.SendAsync(call);

        var lines = (await byAddress.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/csv", byAddress.Content.Headers.ContentType!.MediaType);
        Assert.Matches("invoices-[0-9-]{10}.csv", byAddress.Content.Headers.ContentDisposition!.FileName!);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("CSV-1,C-CSV-1,Zoé Lambert,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",120.00,120.00,EUR,open,", lines[1], StringComparison.Ordinal);
        Assert.Equal(lines, (await byAccept.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("customers", "customer_number")]
    [InlineData("payments", "received_at")]
    [InlineData("transfers", "booked_on")]
    [InlineData("tasks", "created_at")]
    [InlineData("messages", "planned_at")]
    [InlineData("cases", "number")]
    [InlineData("payment-requests", "reference")]
    [InlineData("debits", "collect_on")]
    [InlineData("mandates", "reference")]
    [InlineData("payouts", "reference")]
    [InlineData("splits", "booked_at")]
    [InlineData("beneficiaries", "code")]
    [InlineData("statements", "started_at")]
    [InlineData("imports", "started_at")]
    [InlineData("ledger/entries", "booked_at")]
    public async Task Every_list_is_a_file_of_its_own_merchant(string list, string heading)
    {
        await house.InvoiceAsync($"OWN-{list.Replace('/', '-')}");
        var ours = await house.Api.GetStringAsync($"/api/v1/{list}/export.csv");
        var theirs = await house.Stranger.GetStringAsync($"/api/v1/{list}/export.csv");

        Assert.StartsWith(heading, ours, StringComparison.Ordinal);
        Assert.Equal(ours.Split('\n')[0], theirs.Split('\n')[0]);
        Assert.DoesNotContain("OWN-", theirs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_filter_is_refused_before_a_file_begins()
    {
        var answer = await house.Api.GetAsync("/api/v1/invoices/export.csv?status=lost");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_customers_story_is_read_page_by_page()
    {
        var (invoice, _) = await house.InvoiceAsync("STORY-1");
        var (id, customer) = (invoice.GetProperty("id").GetGuid(), invoice.GetProperty("customerId").GetGuid());
        (await house.Api.PostAsJsonAsync($"/api/v1/invoices/{id}/dispute", new { disputed = true })).EnsureSuccessStatusCode();

        var newest = await house.GetAsync($"/api/v1/customers/{customer}/timeline?limit=1");
        var next = await house.GetAsync($"/api/v1/customers/{customer}/timeline?limit=200&cursor={newest.GetProperty("nextCursor").GetString()}");
        Assert.Equal("invoice.disputed", newest.GetProperty("data")[0].GetProperty("name").GetString());
        Assert.Contains(next.GetProperty("data").EnumerateArray(), one => one.GetProperty("name").GetString() == "invoice.imported");
        Assert.All((await house.GetAsync($"/api/v1/invoices/{id}/timeline?kind=promises")).GetProperty("data").EnumerateArray(), one => Assert.Equal("invoice.disputed", one.GetProperty("name").GetString()));
        Assert.Equal(12_000, (await house.GetAsync($"/api/v1/customers/{customer}/balance")).GetProperty("openMinor").GetInt64());
        Assert.Equal(customer, (await house.GetAsync("/api/v1/customers?search=c-story-1")).GetProperty("data")[0].GetProperty("id").GetGuid());
        Assert.Equal(HttpStatusCode.NotFound, (await house.Stranger.GetAsync($"/api/v1/customers/{customer}/timeline")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await house.Api.GetAsync($"/api/v1/customers/{customer}/timeline?kind=gossip")).StatusCode);
    }

    [Fact]
    public async Task What_is_overdue_in_the_list_is_overdue_by_the_merchants_day_as_in_the_figures()
    {
        var (invoice, _) = await house.InvoiceAsync("LATE-1");
        var dueDay = DateOnly.Parse(invoice.GetProperty("dueDate").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

        // Half past midnight or one in Paris: the due day is over there, though not in Greenwich.
        await house.LaterAsync(new DateTimeOffset(dueDay, new TimeOnly(23, 30), TimeSpan.Zero) - house.Now);

        var balance = await house.GetAsync($"/api/v1/customers/{invoice.GetProperty("customerId").GetGuid()}/balance");
        var overdue = (await house.GetAsync("/api/v1/invoices?overdue=true&number=LATE-1")).GetProperty("data");
        Assert.Equal((1, 1), (balance.GetProperty("overdueInvoices").GetInt32(), overdue.GetArrayLength()));
    }

    [Fact]
    public async Task A_paid_invoice_that_asks_for_more_is_asked_for_again()
    {
        var (invoice, request) = await house.InvoiceAsync("MORE-1");
        await house.PayByCardAsync(request);
        await house.TellWebhooksAsync();
        await house.SettleAsync();
        var again = new
        {
            number = "MORE-1",
            customerNumber = "C-MORE-1",
            customerName = "Zoé Lambert",
            issueDate = invoice.GetProperty("issueDate").GetString(),
            dueDate = invoice.GetProperty("dueDate").GetString(),
            amountMinor = 15_000,
        };

        (await house.Api.PostAsJsonAsync("/api/v1/invoices", again)).EnsureSuccessStatusCode();
        await house.SettleAsync();

        var id = invoice.GetProperty("id").GetGuid();
        var asked = Assert.Single((await house.GetAsync($"/api/v1/payment-requests?invoiceId={id}&status=active")).GetProperty("data").EnumerateArray());
        Assert.Equal(3_000, asked.GetProperty("amountMinor").GetInt64());
    }

    [Fact]
    public async Task The_figures_of_the_moment_the_week_and_the_month_agree()
    {
        await house.InvoiceAsync("FIG-1");
        var figures = await house.GetAsync("/api/v1/figures");
        var week = (await house.GetAsync("/api/v1/figures/week")).GetProperty("data");
        var month = await house.GetAsync("/api/v1/figures/month");

        Assert.Equal(7, week.GetArrayLength());
        Assert.Equal(figures.GetProperty("outstandingMinor").GetInt64(), week[6].GetProperty("outstandingMinor").GetInt64());
        Assert.Equal(figures.GetProperty("overdueMinor").GetInt64(), week[6].GetProperty("overdueMinor").GetInt64());
        Assert.True(figures.GetProperty("dso").GetProperty("standardDays").GetDecimal() >= figures.GetProperty("dso").GetProperty("averageDaysDelinquent").GetDecimal());
        Assert.Equal(JsonValueKind.Array, month.GetProperty("shares").ValueKind);
    }
}
