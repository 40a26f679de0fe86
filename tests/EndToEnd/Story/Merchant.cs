using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CentralPay.Workflows.EndToEnd.Running;

namespace CentralPay.Workflows.EndToEnd.Story;

/// <summary>What the merchant's people and machines do in the story through the API, and what its payers do outside.</summary>
internal sealed partial class Merchant(Product product, HttpClient finance, HttpClient erp)
{
    /// <summary>The machine that reads and brings in.</summary>
    public HttpClient Erp => erp;

    public static readonly string SampleInvoices = Path.Combine(Product.Root, "samples", "invoices.csv");

    /// <summary>Brings a file in, and waits for its result.</summary>
    public async Task<JsonNode> ImportAsync(byte[] content, string fileName)
    {
        using var body = new MultipartFormDataContent { { new ByteArrayContent(content), "file", fileName } };
        var answer = await erp.PostAsync("/api/v1/invoices/import", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        var id = JsonNode.Parse(text)!["id"]!.GetValue<string>();
        return await Eventually.AnswersAsync("The import ends", () => Product.GetAsync(erp, $"/api/v1/imports/{id}"), import => import["status"]!.GetValue<string>() == "completed");
    }

    /// <summary>Moves business time ahead; everything due on the way happens.</summary>
    public async Task PassAsync(int days) => await Product.PostAsync(finance, "/dev/clock", new { days });

    public async Task PassUntilAsync(DateTimeOffset instant) => await Product.PostAsync(finance, "/dev/clock", new { to = instant.ToString("O") });

    public async Task<DateTimeOffset> NowAsync() => (await Product.GetAsync(finance, "/dev/clock"))["now"]!.GetValue<DateTimeOffset>();

    public async Task<JsonNode> InvoiceAsync(string number) =>
        (await Product.GetAsync(erp, $"/api/v1/invoices?number={Uri.EscapeDataString(number)}"))["data"]![0]!;

    public async Task<JsonNode> RequestOfAsync(JsonNode invoice) =>
        (await Product.GetAsync(erp, $"/api/v1/payment-requests?invoiceId={invoice["id"]}"))["data"]![0]!;

    public Task<JsonNode> FiguresAsync() => Product.GetAsync(erp, "/api/v1/figures");

    /// <summary>All rows of a list, page by page.</summary>
    public async Task<IReadOnlyList<JsonNode>> AllAsync(string path)
    {
        var rows = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = await Product.GetAsync(erp, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=200{(cursor is null ? "" : $"&cursor={cursor}")}");
            rows.AddRange(page["data"]!.AsArray().Select(row => row!));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        return rows;
    }

    /// <summary>A payer's bank sends money to a virtual IBAN.</summary>
    public Task TransferAsync(string iban, long amountMinor, string debtorName) => Product.PostAsync(product.Sandbox, "/sandbox/bank/transfers", new
    {
        iban,
        amountMinor,
        currency = "EUR",
        debtorName,
        debtorIban = "FR7630004000031234567890143",
        remittance = "virement",
    });

    /// <summary>A payer follows the link of the mail, goes to the gateway's page, and pays the remainder by card.</summary>
    public async Task PayByCardAsync(string paymentPath)
    {
        using var payer = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        var page = await payer.GetAsync(product.Address + paymentPath);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var toGateway = await payer.PostAsync($"{product.Address}{paymentPath}/card", null);
        Assert.Equal(HttpStatusCode.SeeOther, toGateway.StatusCode);
        var card = toGateway.Headers.Location!;
        Assert.StartsWith(product.SandboxAddress, card.AbsoluteUri, StringComparison.Ordinal);
        var form = await payer.GetStringAsync(card);
        var fields = HiddenField().Matches(form).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        fields["number"] = "4556557955726624";
        fields["expiry"] = $"12/{DateTimeOffset.MaxValue.Year % 100 - 60}";
        fields["cvc"] = "123";
        fields["holder"] = "Marie Dupont";
        var paid = await payer.PostAsync(card, new FormUrlEncodedContent(fields));
        Assert.True(paid.StatusCode == HttpStatusCode.SeeOther, await paid.Content.ReadAsStringAsync());
        await payer.GetAsync(paid.Headers.Location);
    }

    public static byte[] SampleWith(string number, Func<string, string> change)
    {
        var lines = File.ReadAllText(SampleInvoices).Split('\n');
        return Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(line => line.Contains(number, StringComparison.Ordinal) ? change(line) : line)));
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
