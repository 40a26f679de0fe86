using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Statements;

[Collection(HouseCollection.Name)]
public sealed class StatementTests(House house)
{
    [Fact]
    public async Task A_statement_clears_what_it_names_and_what_is_undone_is_owed_again_with_its_scenario()
    {
        var (invoice, _) = await house.InvoiceAsync("BANK-2026-0001", 45_600);
        await house.InvoiceAsync("BANK-2026-0002", 7_700);
        var content = Statement("S-API-1", ("456.00", "Facture BANK 2026 0001"), ("77.00", "BANK-2026-0022"));

        var taken = await TakeAsync(content);
        await house.SettleAsync();
        var again = await TakeAsync(content);

        Assert.Equal((2, 0, "completed"), (Count(taken, "added"), Count(taken, "known"), taken.GetProperty("status").GetString()));
        Assert.Equal((0, 2), (Count(again, "added"), Count(again, "known")));
        Assert.Equal("paid", (await InvoiceAsync(invoice)).GetProperty("status").GetString());

        var matched = await TransferAsync("Facture BANK 2026 0001");
        var undone = await PostAsync($"/api/v1/transfers/{matched.GetProperty("id").GetString()}/undo", new { });
        await house.SettleAsync();
        Assert.Equal(("to_decide", 1), (undone.GetProperty("status").GetString(), Count(undone, "undone")));
        Assert.Equal("open", (await InvoiceAsync(invoice)).GetProperty("status").GetString());
        var cases = (await house.GetAsync($"/api/v1/cases?invoiceId={invoice.GetProperty("id").GetString()}")).GetProperty("data");
        Assert.Equal(2, cases.GetArrayLength());
        Assert.Contains(cases.EnumerateArray(), one => one.GetProperty("status").GetString() == "running");
    }

    [Fact]
    public async Task What_is_uncertain_shows_its_candidates_and_is_decided_and_split_through_the_api()
    {
        var (first, _) = await house.InvoiceAsync("BANK-2026-0101", 10_000);
        var (second, _) = await house.InvoiceAsync("BANK-2026-0102", 5_000);
        await TakeAsync(Statement("S-API-2", ("133.00", "BANK-2026-0101 et BANK-2026-0102")));
        await house.SettleAsync();
        var transfer = await TransferAsync("BANK-2026-0101 et BANK-2026-0102");
        var path = $"/api/v1/transfers/{transfer.GetProperty("id").GetString()}";

        var candidates = (await house.GetAsync($"{path}/candidates")).GetProperty("data");
        Assert.Equal(2, candidates.GetArrayLength());
        Assert.All(candidates.EnumerateArray(), one => Assert.InRange(Count(one, "confidence"), 1, 99));
        var wrong = await house.Api.PostAsJsonAsync($"{path}/split", new { parts = new[] { new { invoiceId = Id(first), amountMinor = 10_000 } } });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(("parts", "split-sum"), Error(await wrong.Content.ReadFromJsonAsync<JsonElement>()));

        var split = await PostAsync($"{path}/split", new { parts = new[] { new { invoiceId = Id(first), amountMinor = 10_000 }, new { invoiceId = Id(second), amountMinor = 3_300 } } });
        Assert.Equal("matched", split.GetProperty("status").GetString());
        Assert.Equal((0, 1_700), (Count(await InvoiceAsync(first), "openMinor"), Count(await InvoiceAsync(second), "openMinor")));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY y \"z\">]><x>&y;</x>", "file-doctype")]
    [InlineData("<pain/>", "statement-kind")]
    [InlineData("Numéro;Montant", "file-not-xml")]
    public async Task A_wrong_file_is_refused_by_the_name_of_its_rule(string text, string rule)
    {
        var answer = await SendAsync(Encoding.UTF8.GetBytes(text));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(("file", rule), Error(await answer.Content.ReadFromJsonAsync<JsonElement>()));
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_in_the_rules_words()
    {
        var answer = await SendAsync(new byte[(50 * 1024 * 1024) + 1]);

        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal("file-too-large", error.GetProperty("code").GetString());
        Assert.Contains("50 MB", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_takes_a_statement_in_once()
    {
        var content = Statement("S-API-3", ("3.00", "idempotent"));
        var first = await SendAsync(content, "statement-1");
        var again = await SendAsync(content, "statement-1");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
    }

    internal static byte[] Statement(string id, params (string Amount, string Text)[] entries) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>{id}</Id><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>
        {string.Concat(entries.Select(entry => $"<Ntry><Amt Ccy=\"EUR\">{entry.Amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>{entry.Text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"))}
        </Stmt></BkToCstmrStmt></Document>
        """));

    private static int Count(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static Guid Id(JsonElement element) => element.GetProperty("id").GetGuid();

    private static (string?, string?) Error(JsonElement problem) => (problem.GetProperty("errors")[0].GetProperty("field").GetString(), problem.GetProperty("errors")[0].GetProperty("code").GetString());

    private async Task<JsonElement> TakeAsync(byte[] content)
    {
        var answer = await SendAsync(content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<HttpResponseMessage> SendAsync(byte[] content, string? key = null)
    {
        var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/statements") { Content = new ByteArrayContent(content) };
        call.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        if (key is not null)
        {
            call.Headers.Add("Idempotency-Key", key);
        }

        return house.Api.SendAsync(call);
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        var answer = await house.Api.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<JsonElement> InvoiceAsync(JsonElement invoice) => house.GetAsync($"/api/v1/invoices/{Id(invoice)}");

    private async Task<JsonElement> TransferAsync(string text) =>
        (await house.GetAsync("/api/v1/transfers?limit=100")).GetProperty("data").EnumerateArray().Single(transfer => transfer.GetProperty("remittance").GetString() == text);
}
