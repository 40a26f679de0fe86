using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Server.Sms;
using CentralPay.Workflows.Server.Tests.Running;
using Microsoft.Extensions.Primitives;

namespace CentralPay.Workflows.Server.Tests.Sms;

[Collection(HouseCollection.Name)]
public sealed class SmsJourneyTests(House house)
{
    [Fact]
    public async Task A_customer_without_an_address_is_told_by_SMS_and_the_message_shows_what_became_of_it()
    {
        var message = await ToldAsync("SMS-1", "06 11 11 11 11");
        var sms = Assert.Single(house.Twilio.Taken, sms => sms.To == "+33611111111");
        Assert.Equal(("sms", "sent", "+33611111111"), (Text(message, "channel"), Text(message, "status"), Text(message, "recipient")));
        Assert.Contains("/pay/", sms.Body, StringComparison.Ordinal);
        Assert.True(message.GetProperty("segments").GetInt32() >= 1);

        Assert.Equal(HttpStatusCode.Unauthorized, (await ReportAsync(sms, "delivered", signature: "bm90IGl0")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ReportAsync(sms, "delivered")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ReportAsync(sms, "sent")).StatusCode);

        Assert.Equal("delivered", Text(await MessageAsync(message), "delivery"));
    }

    [Fact]
    public async Task A_report_that_it_did_not_arrive_is_kept_with_its_code()
    {
        var message = await ToldAsync("SMS-2", "06 22 22 22 22");
        await ReportAsync(house.Twilio.Taken.Single(sms => sms.To == "+33622222222"), "undelivered", ("ErrorCode", "30003"));

        var shown = await MessageAsync(message);
        Assert.Equal(("undelivered", "30003", "sent"), (Text(shown, "delivery"), Text(shown, "deliveryError"), Text(shown, "status")));
        var events = (await house.GetAsync($"/api/v1/events?name=message.undelivered")).GetProperty("data");
        Assert.Contains(events.EnumerateArray(), happened => happened.GetProperty("subjectId").GetGuid() == shown.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Who_said_stop_gets_no_more_SMS()
    {
        var message = await ToldAsync("SMS-3", TwilioStandIn.OptedOut);
        Assert.Equal(("failed", "opted-out"), (Text(message, "status"), Text(message, "reason")));
        var customer = await house.GetAsync($"/api/v1/customers/{message.GetProperty("customerId").GetGuid()}");
        Assert.True(customer.GetProperty("smsOptedOut").GetBoolean());

        await house.LaterAsync(TimeSpan.FromDays(20));
        Assert.Equal(1, house.Twilio.TriesTo(TwilioStandIn.OptedOut));
        var tasks = (await house.GetAsync("/api/v1/tasks?status=open&kind=unreachable")).GetProperty("data");
        Assert.Contains(tasks.EnumerateArray(), task => task.GetProperty("customerId").GetGuid() == customer.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_stop_that_the_provider_passes_on_is_kept()
    {
        var message = await ToldAsync("SMS-4", "06 44 44 44 44");
        await PostAsync($"{house.Address}/webhooks/sms/maison-lumiere", new() { ["From"] = "+33644444444", ["Body"] = "STOP", ["OptOutType"] = "STOP" });

        Assert.True((await house.GetAsync($"/api/v1/customers/{message.GetProperty("customerId").GetGuid()}")).GetProperty("smsOptedOut").GetBoolean());
    }

    [Fact]
    public async Task A_lost_answer_is_an_incident_and_no_second_SMS()
    {
        var message = await ToldAsync("SMS-5", TwilioStandIn.NeverAnswers);

        Assert.Equal("unknown", Text(message, "status"));
        Assert.Equal(1, house.Twilio.TriesTo(TwilioStandIn.NeverAnswers));
    }

    [Fact]
    public async Task A_busy_provider_is_tried_again_and_takes_it()
    {
        var message = await ToldAsync("SMS-6", TwilioStandIn.BusyOnce);

        Assert.Equal(("sent", 2), (Text(message, "status"), house.Twilio.TriesTo(TwilioStandIn.BusyOnce)));
    }

    [Fact]
    public async Task A_number_that_fits_no_plan_is_refused_with_its_field()
    {
        var answer = await house.Api.PostAsJsonAsync("/api/v1/invoices", Invoice("SMS-7", "06 12"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal(("customerPhone", "phone-invalid"), (Text(error, "field"), Text(error, "code")));
    }

    /// <summary>An invoice of a customer with a number alone comes in; a day later its first message was tried.</summary>
    private async Task<JsonElement> ToldAsync(string number, string phone)
    {
        var answer = await house.Api.PostAsJsonAsync("/api/v1/invoices", Invoice(number, phone));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var invoiceId = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await house.SettleAsync();
        await house.LaterAsync(TimeSpan.FromDays(1));
        return (await house.GetAsync($"/api/v1/messages?invoiceId={invoiceId}")).GetProperty("data")[0];
    }

    private object Invoice(string number, string phone)
    {
        var today = DateOnly.FromDateTime(house.Now.UtcDateTime);
        return new { number, customerNumber = $"C-{number}", customerName = "Zoé Lambert", customerPhone = phone, issueDate = today, dueDate = today.AddDays(10), amountMinor = 12_000, language = "fr" };
    }

    private Task<JsonElement> MessageAsync(JsonElement message) => house.GetAsync($"/api/v1/messages/{message.GetProperty("id").GetGuid()}");

    private Task<HttpResponseMessage> ReportAsync(SmsTaken sms, string status, (string Name, string Value)? with = null, string? signature = null)
    {
        var form = new Dictionary<string, string> { ["MessageSid"] = sms.Sid, ["MessageStatus"] = status, ["To"] = sms.To };
        if (with is { } extra)
        {
            form[extra.Name] = extra.Value;
        }

        return PostAsync(sms.StatusCallback, form, signature);
    }

    private async Task<HttpResponseMessage> PostAsync(string address, Dictionary<string, string> form, string? signature = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add(TwilioSignature.Header, signature ?? TwilioSignature.Of(TwilioStandIn.AuthToken, address, form.Select(field => KeyValuePair.Create(field.Key, new StringValues(field.Value)))));
        return await house.Nobody.SendAsync(request);
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();
}
