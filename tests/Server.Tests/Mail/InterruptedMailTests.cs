using System.Text.Json;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Mail;

/// <summary>A reminder on its way through the outbox when the mail server's connection breaks.</summary>
public sealed class InterruptedMailTests
{
    [Fact]
    public async Task A_mail_cut_off_after_its_last_line_is_shown_to_a_person_and_never_sent_again()
    {
        using var server = new ScriptedSmtp(new SmtpScript { HangsUpAt = "." });
        var house = HouseWith(server);
        await house.InitializeAsync();
        try
        {
            var (invoice, _) = await house.InvoiceAsync("CUT-1");
            await house.LaterAsync(TimeSpan.FromDays(1));
            Assert.Equal("unknown", await StatusAsync(house, invoice));
            Assert.Equal(1, (await house.GetAsync("/api/v1/figures")).GetProperty("openIncidents").GetInt32());

            server.Script = new SmtpScript();
            await house.LaterAsync(TimeSpan.FromDays(2));
            Assert.Equal("unknown", await StatusAsync(house, invoice));
            Assert.Single(await server.ConversationsAsync());
        }
        finally
        {
            await house.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_mail_whose_sending_was_interrupted_is_never_called_unneeded_though_its_reason_is_gone()
    {
        using var server = new ScriptedSmtp(new SmtpScript());
        var house = HouseWith(server);
        await house.InitializeAsync();
        try
        {
            var (invoice, request) = await house.InvoiceAsync("CUT-4");
            var id = invoice.GetProperty("id").GetGuid();
            await using (var scope = house.Open())
            {
                // As a process leaves it that ended between the intent and the answer.
                scope.Records.Update(Assert.Single(await scope.Records.ListAsync<Message>(message => message.InvoiceId == id)) with { ProviderId = "intent@cut.test" });
                await scope.Records.CommitAsync();
            }

            await house.PayByCardAsync(request);
            await house.LaterAsync(TimeSpan.FromDays(1));

            Assert.Equal("unknown", await StatusAsync(house, invoice));
            Assert.Equal(1, (await house.GetAsync("/api/v1/figures")).GetProperty("openIncidents").GetInt32());
            Assert.Empty(await server.ConversationsAsync());
        }
        finally
        {
            await house.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_mail_cut_off_before_its_text_is_sent_once_when_the_server_is_back()
    {
        using var server = new ScriptedSmtp(new SmtpScript { HangsUpAt = "DATA" });
        var house = HouseWith(server);
        await house.InitializeAsync();
        try
        {
            var (invoice, _) = await house.InvoiceAsync("CUT-2");
            // The mail's time comes in the morning; the server is back before the first pause between tries is over.
            await house.LaterAsync(await UntilDueAsync(house, invoice) + TimeSpan.FromSeconds(1));
            Assert.Equal("planned", await StatusAsync(house, invoice));

            server.Script = new SmtpScript();
            await house.LaterAsync(TimeSpan.FromDays(2));
            Assert.Equal("sent", await StatusAsync(house, invoice));
            Assert.Equal(0, (await house.GetAsync("/api/v1/figures")).GetProperty("openIncidents").GetInt32());
            var conversations = await server.ConversationsAsync();
            Assert.Single(conversations, said => said.EndsWith("\n.\nQUIT\n", StringComparison.Ordinal));
        }
        finally
        {
            await house.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_mail_whose_own_text_was_taken_back_meanwhile_is_put_to_a_person_and_not_sent_in_other_words()
    {
        using var server = new ScriptedSmtp(new SmtpScript());
        var house = HouseWith(server);
        await house.InitializeAsync();
        try
        {
            var (invoice, _) = await house.InvoiceAsync("CUT-3");
            var id = invoice.GetProperty("id").GetGuid();
            await using (var scope = house.Open())
            {
                var planned = Assert.Single(await scope.Records.ListAsync<Message>(message => message.InvoiceId == id));
                scope.Records.Update(planned with { Template = "own.notice.taken-back" });
                await scope.Records.CommitAsync();
            }

            await house.LaterAsync(TimeSpan.FromDays(1));

            Assert.Equal("failed", await StatusAsync(house, invoice));
            Assert.Equal(1, (await house.GetAsync("/api/v1/figures")).GetProperty("openIncidents").GetInt32());
            Assert.Empty(await server.ConversationsAsync());
        }
        finally
        {
            await house.DisposeAsync();
        }
    }

    private static House HouseWith(ScriptedSmtp server) => new()
    {
        MoreSettings = ["--Mail:PickupDirectory=", "--Mail:Host=127.0.0.1", $"--Mail:Port={server.Port}", "--Mail:StartTls=false"],
    };

    private static async Task<JsonElement> MessageAsync(House house, JsonElement invoice) =>
        (await house.GetAsync($"/api/v1/messages?invoiceId={invoice.GetProperty("id").GetGuid()}")).GetProperty("data").EnumerateArray().Single();

    private static async Task<string?> StatusAsync(House house, JsonElement invoice) => (await MessageAsync(house, invoice)).GetProperty("status").GetString();

    private static async Task<TimeSpan> UntilDueAsync(House house, JsonElement invoice) =>
        (await MessageAsync(house, invoice)).GetProperty("dueAt").GetDateTimeOffset() - ((TimeProvider)house.Services.GetService(typeof(TimeProvider))!).GetUtcNow();
}
