using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Callbacks;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Api;

[Collection(HouseCollection.Name)]
public sealed class BadInputTests(House house)
{
    private const string Columns = "Number;Customer number;Customer name;E-mail;Issue date;Due date;Amount;Currency;Description";

    [Fact]
    public async Task A_bad_invoice_is_refused_field_by_field_in_the_callers_language()
    {
        var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/invoices")
        {
            Content = JsonContent.Create(new { number = "BAD-1", customerNumber = "C-1", customerName = "A", customerEmail = "a@b.test", issueDate = "2026-01-05", dueDate = "2026-02-05", amountMinor = -100 }),
        };
        call.Headers.AcceptLanguage.ParseAdd("fr");
        using var client = house.WithKey(house.Key);
        client.DefaultRequestHeaders.AcceptLanguage.Clear();
        var answer = await client.SendAsync(call);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal("amountMinor", error.GetProperty("field").GetString());
        Assert.Equal("amount-negative", error.GetProperty("code").GetString());
        Assert.Contains("négatif", error.GetProperty("message").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await house.GetAsync("/api/v1/invoices?number=BAD-1")).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task An_amount_that_no_sum_could_hold_is_refused_wherever_it_is_given()
    {
        var invoice = await ErrorAsync("/api/v1/invoices", new { number = "HUGE-1", customerNumber = "C-1", customerName = "A", customerEmail = "a@b.test", issueDate = "2026-01-05", dueDate = "2026-02-05", amountMinor = long.MaxValue });
        var madeUp = await ErrorAsync("/api/v1/scenarios/soft-dunning/simulate", new { invoices = new[] { new { amountMinor = long.MaxValue, issueDate = "2026-03-02", dueDate = "2026-04-01" } } });
        var file = await ImportAsync($"{Columns}\nHUGE-2;C-7;Dupont;d@dupont.test;05/01/2026;05/12/2026;92233720368547758,07;EUR;Lampes\n");

        Assert.Equal(("amountMinor", "amount-too-large"), (invoice.GetProperty("field").GetString(), invoice.GetProperty("code").GetString()));
        Assert.Contains("10000000000.00 EUR", invoice.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(("invoices[0].amountMinor", "amount-too-large"), (madeUp.GetProperty("field").GetString(), madeUp.GetProperty("code").GetString()));
        Assert.Equal("amount-too-large", file.GetProperty("rejects")[0].GetProperty("rule").GetString());
    }

    [Fact]
    public async Task A_file_is_taken_in_row_by_row_and_the_same_file_again_changes_nothing()
    {
        var file = $"{Columns}\nFILE-1;C-7;Dupont;d@dupont.test;05/01/2026;05/12/2026;1234,56;EUR;Lampes\nFILE-2;C-7;Dupont;d@dupont.test;05/01/2026;05/12/2026;-5,00;EUR;Lampes\n";
        var first = await ImportAsync(file);
        Assert.Equal(1, first.GetProperty("accepted").GetInt32());
        Assert.Equal(1, first.GetProperty("rejected").GetInt32());
        Assert.Equal(3, first.GetProperty("rejects")[0].GetProperty("line").GetInt32());
        var again = await ImportAsync(file);
        Assert.Equal(0, again.GetProperty("accepted").GetInt32());
        Assert.Equal(1, again.GetProperty("unchanged").GetInt32());
        var known = (await house.GetAsync("/api/v1/invoices?number=FILE-1")).GetProperty("data")[0];
        Assert.Equal(123456, known.GetProperty("amountMinor").GetInt64());
    }

    [Fact]
    public async Task A_form_with_a_file_is_the_same_as_the_file()
    {
        using var form = new MultipartFormDataContent { { new StringContent($"{Columns}\nFORM-1;C-8;Durand;d@durand.test;05/01/2026;05/12/2026;10,00;EUR;Lampes\n"), "file", "mine.csv" } };
        var answer = await house.Api.PostAsync("/api/v1/invoices/import", form);
        var result = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("mine.csv", result.GetProperty("fileName").GetString());
        Assert.Equal(1, result.GetProperty("accepted").GetInt32());
    }

    [Theory]
    [InlineData("", "file-empty")]
    [InlineData("a;b\n1;2\n", "file-columns-missing")]
    public async Task A_file_that_is_none_is_refused_whole(string file, string code)
    {
        var answer = await house.Api.PostAsync("/api/v1/invoices/import", Csv(file));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("504B0304", "ZIP, XLSX")] // A bomb in a ZIP is refused before anything is unpacked: we unpack nothing.
    [InlineData("1F8B0800", "GZIP")]
    [InlineData("255044462D", "PDF")]
    [InlineData("D0CF11E0A1B11AE1", "XLS")]
    [InlineData("89504E470D0A", "PNG")]
    [InlineData("4E756D62657200", "binary")]
    public async Task A_file_that_is_no_text_is_refused_and_named(string start, string kind)
    {
        var content = new ByteArrayContent([.. Convert.FromHexString(start), .. new byte[2048]]) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        var answer = await house.Api.PostAsync("/api/v1/invoices/import", content);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(("file", "file-not-text"), (problem.GetProperty("errors")[0].GetProperty("field").GetString(), problem.GetProperty("errors")[0].GetProperty("code").GetString()));
        Assert.Contains(kind, problem.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_more_than_fifty_megabytes_is_refused_and_a_much_larger_one_before_it_is_read()
    {
        var larger = await SendAsync(ImportLimits.MaxBytes + 1);
        Assert.Equal(HttpStatusCode.BadRequest, larger.StatusCode);
        var error = (await larger.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal(("file", "file-too-large"), (error.GetProperty("field").GetString(), error.GetProperty("code").GetString()));

        var muchLarger = await SendAsync(ImportLimits.MaxBytes + (2 * 1024 * 1024));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, muchLarger.StatusCode);
        Assert.Equal("too-large", (await muchLarger.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());

        Task<HttpResponseMessage> SendAsync(int bytes) => house.Api.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/invoices/import")
        {
            Content = new ByteArrayContent(new byte[bytes]) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } },
            Headers = { ExpectContinue = true },
        });
    }

    [Fact]
    public async Task A_quotation_mark_that_nobody_closes_does_not_swallow_a_large_file()
    {
        var file = new StringBuilder(Columns).Append("\nQUOTE-1;C-7;\"Dupont;d@dupont.test;05/01/2026;05/12/2026;1,00;EUR;Lampes\n");
        file.Append('x', 8 * 1024 * 1024);
        var answer = await house.Api.PostAsync("/api/v1/invoices/import", Csv(file.ToString()));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("file-quote-open", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/api/v1/invoices?limit=0", "limit-out-of-range")]
    [InlineData("/api/v1/invoices?cursor=nonsense", "cursor-invalid")]
    [InlineData("/api/v1/invoices?status=lost", "status-unknown")]
    [InlineData("/api/v1/beneficiaries?kind=lost", "word-unknown")]
    public async Task A_list_asked_for_wrongly_says_what_is_wrong(string path, string code)
    {
        var answer = await house.Api.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{"name":"ERP","url":"not an address"}""", "url-invalid")]
    [InlineData("""{"name":"4556 5579 5572 6624","url":"http://127.0.0.1/x"}""", "card-number")]
    [InlineData("""{"url":"http://127.0.0.1/x"}""", "required")]
    [InlineData("""{"name":"ERP","url":"ftp://127.0.0.1/x"}""", "url-invalid")]
    [InlineData("""{"name":"ERP","url":"http://name:password@127.0.0.1/x"}""", "url-invalid")]
    public async Task A_callback_address_is_checked(string body, string code)
    {
        var answer = await house.Api.PostAsync("/api/v1/webhook-endpoints", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray(), error => error.GetProperty("code").GetString() == code);
    }

    [Fact]
    public async Task Json_that_cannot_be_read_is_a_problem_and_not_a_failure_of_ours()
    {
        var answer = await house.Api.PostAsync("/api/v1/tasks/0199c0de-0000-7000-8000-00000000ffff/complete", new StringContent("{", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("""{"revision":"x"}""", "revision", "value-unreadable")]
    [InlineData("""{"revision":1""", "body", "json-invalid")]
    [InlineData("[]", "body", "json-invalid")]
    [InlineData("", "body", "required")]
    public async Task A_body_that_cannot_be_read_names_field_and_rule_in_the_callers_language(string body, string field, string code)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/scenarios/soft-dunning/publish") { Content = new StringContent(body, Encoding.UTF8, "application/json"), Headers = { AcceptLanguage = { new("fr") } } };

        var answer = await house.Api.SendAsync(call);

        Assert.Equal((HttpStatusCode.BadRequest, field, code), await RefusedAsync(answer));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("CentralPay.Workflows", text, StringComparison.Ordinal);
        Assert.Contains("La demande est illisible", JsonDocument.Parse(text).RootElement.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/scenarios/soft-dunning/diff?from=abc", "from")]
    [InlineData("/api/v1/invoices?limit=many", "limit")]
    [InlineData("/api/v1/cases?invoiceId=7", "invoiceId")]
    public async Task A_question_that_cannot_be_read_names_its_field(string path, string field) =>
        Assert.Equal((HttpStatusCode.BadRequest, field, "value-unreadable"), await RefusedAsync(await house.Api.GetAsync(path)));

    [Theory]
    [InlineData("/api/v1/invoices")]
    [InlineData("/api/v1/scenarios/soft-dunning/simulate")]
    public async Task A_body_of_another_type_is_refused_as_that_and_not_as_an_unknown_address(string path)
    {
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "Content-Type", "content-type-unsupported"), await RefusedAsync(await house.Api.PostAsync(path, new StringContent("{}", Encoding.UTF8, "text/plain"))));
        Assert.Equal(HttpStatusCode.NotFound, (await house.Api.PostAsync("/api/v1/nowhere", new StringContent("{}", Encoding.UTF8, "text/plain"))).StatusCode);
    }

    [Theory]
    [InlineData(3 * 1024 * 1024, false)]
    [InlineData((2 * 1024 * 1024) + 1024, true)] // Nearly all of it is on its way before it is refused: the answer is read, not a broken connection.
    public async Task A_body_that_is_too_large_is_refused_with_a_reason_whether_or_not_its_length_is_told(int bytes, bool chunked)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/invoices")
        {
            Content = new StringContent($$"""{"number":"{{new string('x', bytes)}}"}""", Encoding.UTF8, "application/json"),
            Headers = { ExpectContinue = !chunked, TransferEncodingChunked = chunked },
        };

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body", "body-too-large"), await RefusedAsync(await house.Api.SendAsync(call)));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Every_rule_has_a_text_in_both_languages(string language)
    {
        var words = PhraseBook.Of(CultureInfo.GetCultureInfo(language));
        string[] ofTheApi =
        [
            "cursor-invalid", "limit-out-of-range", "status-unknown", "idempotency-key-invalid", "json-invalid", "revision-required", "not-an-instant", "days-out-of-range",
            "file-missing", "clock-forward-only", "value-unreadable", "content-type-unsupported", "body-too-large", "word-unknown", "scenario-id-differs", "too-many-endpoints", CallbackAddress.NoAddress, CallbackAddress.NotHttps,
        ];
        Assert.DoesNotContain(RuleCodes.All.Concat(ofTheApi), code => words.Find($"rule.{code}") is null);
    }

    private static async Task<(HttpStatusCode, string?, string?)> RefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        return (answer.StatusCode, error.GetProperty("field").GetString(), error.GetProperty("code").GetString());
    }

    private async Task<JsonElement> ErrorAsync(string path, object asked)
    {
        var answer = await house.Api.PostAsJsonAsync(path, asked);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
    }

    private async Task<JsonElement> ImportAsync(string file)
    {
        var answer = await house.Api.PostAsync("/api/v1/invoices/import", Csv(file));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
}
