using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed partial class CallingTheApiTests : SandboxTest
{
    [Fact]
    public async Task A_call_without_credentials_is_401()
    {
        var answer = await Sandbox.Http.GetAsync($"/v2/rest/paymentRequest/{Guid.NewGuid()}");
        await RunningSandbox.ErrorsAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Equal("Basic", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
    }

    [Theory]
    [InlineData("atelier", "wrong")]
    [InlineData("nobody", "atelier-password")]
    public async Task A_call_with_wrong_credentials_is_403(string login, string password) =>
        await RunningSandbox.ErrorsAsync(await Sandbox.Api(login, password).GetAsync($"paymentRequest/{Guid.NewGuid()}"), HttpStatusCode.Forbidden);

    [Fact]
    public async Task A_new_request_is_active_and_pending_and_has_a_link_for_its_payer()
    {
        var request = await Sandbox.CreateAsync();

        Assert.Equal("ACTIVE", RunningSandbox.Text(request, "paymentRequestStatus"));
        Assert.Equal("PENDING", RunningSandbox.Text(request, "paymentStatus"));
        Assert.Equal(12000, request["totalAmount"]!.GetValue<long>());
        var breakdown = request["breakdowns"]![0]!;
        Assert.Equal($"{Sandbox.Address}/pay/{RunningSandbox.Text(breakdown, "paymentRequestBreakdownId")}", RunningSandbox.Text(breakdown, "endpoint"));
        Assert.False(breakdown["entered"]!.GetValue<bool>());
        Assert.Equal((await Sandbox.GetAsync($"paymentRequest/{RunningSandbox.Text(request, "paymentRequestId")}")).ToJsonString(), request.ToJsonString());
    }

    [Fact]
    public async Task Dates_have_microseconds_and_an_offset_and_unset_fields_are_null_not_left_out()
    {
        var request = await Sandbox.CreateAsync();

        Assert.Matches(MicrosecondsWithOffset(), RunningSandbox.Text(request, "creationDate"));
        Assert.True(request.AsObject().ContainsKey("deadline"));
        Assert.Null(request["deadline"]);
        Assert.Empty(request["breakdowns"]![0]!["payments"]!.AsArray());
    }

    [Fact]
    public async Task A_multipart_form_is_read_like_a_urlencoded_one()
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in RunningSandbox.Form()) form.Add(new StringContent(value), name);
        var request = await RunningSandbox.JsonAsync(await Sandbox.Api().PostAsync("paymentRequest", form));
        Assert.Equal("F-2026-001", RunningSandbox.Text(request, "merchantPaymentRequestId"));
    }

    [Fact]
    public async Task A_breakdown_without_quotes_is_understood_as_production_does()
    {
        var request = await Sandbox.CreateAsync(("breakdown[]", "{amount:12000, email:marie@example.fr}"));
        Assert.Equal("marie@example.fr", RunningSandbox.Text(request["breakdowns"]![0]!, "email"));
    }

    [Fact]
    public async Task A_json_body_is_refused_by_name()
    {
        var answer = await Sandbox.Api().PostAsync("paymentRequest", new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Contains("form", RunningSandbox.Text(await RunningSandbox.ErrorsAsync(answer, HttpStatusCode.BadRequest), "Content-Type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_missing_fields_are_named_at_once()
    {
        var errors = await RunningSandbox.ErrorsAsync(await Sandbox.PostAsync("paymentRequest"), HttpStatusCode.BadRequest);
        Assert.Equal(["breakdown", "currency", "paymentMethod", "totalAmount"], errors.AsObject().Select(error => error.Key).Order());
    }

    [Theory]
    [InlineData("totalAmount", "-5", "totalAmount")]
    [InlineData("totalAmount", "12.00", "totalAmount")]
    [InlineData("totalAmount", "11999", "totalAmount")]
    [InlineData("currency", "ZZZ", "currency")]
    [InlineData("currency", "USD", "currency")]
    [InlineData("paymentMethod[]", "BITCOIN", "paymentMethod")]
    [InlineData("breakdown[]", "amount", "breakdown")]
    [InlineData("breakdown[]", "{\"email\":\"a@b.fr\"}", "breakdown.amount")]
    [InlineData("breakdown[]", "{\"amount\":-1}", "breakdown.amount")]
    [InlineData("deadline", "tomorrow", "deadline")]
    [InlineData("deadline", "2020-01-01T00:00:00Z", "deadline")]
    [InlineData("redirectUrl", "javascript:alert(1)", "redirectUrl")]
    [InlineData("pointOfSaleId", "0198f6d2-0000-7000-8000-000000000000", "pointOfSaleId")]
    public async Task A_wrong_field_is_named_and_nothing_is_created(string field, string value, string named)
    {
        var errors = await RunningSandbox.ErrorsAsync(await Sandbox.PostAsync("paymentRequest", RunningSandbox.Form((field, value))), HttpStatusCode.BadRequest);
        Assert.Contains(named, errors.AsObject().Select(error => error.Key));
        Assert.Empty((await Sandbox.InsideAsync("requests")).AsArray());
    }

    [Theory]
    [InlineData("paymentRequest/not-a-uuid")]
    [InlineData("paymentRequest/0198f6d2-0000-7000-8000-000000000000")]
    [InlineData("transaction/0198f6d2-0000-7000-8000-000000000000")]
    [InlineData("sctTransaction/0198f6d2-0000-7000-8000-000000000000")]
    [InlineData("refund/0198f6d2-0000-7000-8000-000000000000")]
    [InlineData("no/such/address")]
    public async Task An_unknown_object_or_address_is_404_with_an_errors_map(string address) =>
        Assert.Single((await RunningSandbox.ErrorsAsync(await Sandbox.Api().GetAsync(address), HttpStatusCode.NotFound)).AsObject());

    [Fact]
    public async Task One_account_never_sees_what_belongs_to_another()
    {
        await Sandbox.OpenAccountAsync("rival");
        var request = await Sandbox.CreateAsync();
        await Sandbox.PayAsync(request);
        var transfer = await RunningSandbox.JsonAsync(await Sandbox.TransferAsync(request, 500));
        var id = RunningSandbox.Text(request, "paymentRequestId");
        var transactionId = RunningSandbox.Text((await Sandbox.GetAsync($"paymentRequest/{id}"))["breakdowns"]![0]!["payments"]![0]!, "uuid");

        foreach (var address in new[] { $"paymentRequest/{id}", $"transaction/{transactionId}", $"sctTransaction/{RunningSandbox.Text(transfer, "sctTransactionId")}" })
            await RunningSandbox.ErrorsAsync(await Sandbox.Api("rival").GetAsync(address), HttpStatusCode.NotFound);
        foreach (var address in new[]
        {
            $"paymentRequest/{id}/cancel", $"paymentRequest/{id}/close", $"transaction/{transactionId}/cancel", $"transaction/{transactionId}/capture",
            $"paymentRequestBreakdown/{RunningSandbox.Text(request["breakdowns"]![0]!, "paymentRequestBreakdownId")}/qrcode",
        })
            await RunningSandbox.ErrorsAsync(await Sandbox.PostAsync(address, login: "rival"), HttpStatusCode.NotFound);
        await RunningSandbox.ErrorsAsync(await Sandbox.PostAsync("refund", [new("transactionId", transactionId)], login: "rival"), HttpStatusCode.NotFound);
        Assert.Empty((await Sandbox.GetAsync("paymentRequest?merchantPaymentRequestId=F-2026-001", "rival")).AsArray());
    }

    [Fact]
    public async Task A_request_is_found_by_the_merchants_reference()
    {
        var request = await Sandbox.CreateAsync();
        await Sandbox.CreateAsync(("merchantPaymentRequestId", "F-2026-002"));
        var found = Assert.Single((await Sandbox.GetAsync("paymentRequest?merchantPaymentRequestId=F-2026-001")).AsArray());
        Assert.Equal(request.ToJsonString(), found!.ToJsonString());
    }

    [Fact]
    public async Task The_qr_code_of_a_participant_is_a_raw_png()
    {
        var request = await Sandbox.CreateAsync();
        var id = RunningSandbox.Text(request["breakdowns"]![0]!, "paymentRequestBreakdownId");
        var answer = await Sandbox.PostAsync($"paymentRequestBreakdown/{id}/qrcode", [new("format", "PNG")]);
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await answer.Content.ReadAsByteArrayAsync())[..4]);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d$")]
    private static partial Regex MicrosecondsWithOffset();
}
