using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Messages;

public sealed class MessageTests
{
    private readonly TestHouse house = new();

    public static TheoryData<string, string> EveryText()
    {
        var texts = new TheoryData<string, string>();
        foreach (var (template, language) in from template in MessageTemplates.All where template.IsForScenarios from language in template.Languages select (template.Name, language))
        {
            texts.Add(template, language);
        }

        return texts;
    }

    [Theory]
    [MemberData(nameof(EveryText))]
    public async Task Every_text_is_complete_in_each_of_its_languages(string template, string language)
    {
        var composed = await ComposedAsync(template, language: language);

        Assert.DoesNotContain("{{", composed.Html + composed.Text + composed.Subject, StringComparison.Ordinal);
        Assert.Contains("F-2026-0001", composed.Subject, StringComparison.Ordinal);
        Assert.Contains("Dupont SARL", composed.Text, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", composed.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reminder_carries_link_button_code_and_account_in_french_figures()
    {
        var composed = await ComposedAsync(MessageTemplates.ReminderFirst);
        var request = house.All<PaymentRequest>().Single();
        var link = $"https://pay.example.test/pay/{request.LinkToken}";

        Assert.Equal("Votre facture F-2026-0001 de 1\u00A0234,56\u00A0€", composed.Subject);
        Assert.Contains($"href=\"{link}\"", composed.Html, StringComparison.Ordinal);
        Assert.Contains(link, composed.Text, StringComparison.Ordinal);
        Assert.Contains("31 octobre 2026", composed.Text, StringComparison.Ordinal);
        Assert.Contains("FR14 2004 1010 0505 0001 3M02 606", composed.Text, StringComparison.Ordinal);
        Assert.Contains("FR14 2004 1010 0505 0001 3M02 606", composed.Html, StringComparison.Ordinal);
        Assert.Contains($"cid:{MessageComposer.QrContentId}", composed.Html, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Assert.Single(composed.InlineImages).Png[..4]);
    }

    [Fact]
    public async Task A_receipt_asks_for_nothing()
    {
        var composed = await ComposedAsync(MessageTemplates.ReceiptPaid);

        Assert.Empty(composed.InlineImages);
        Assert.DoesNotContain("/pay/", composed.Html + composed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_customer_is_called_can_neither_script_nor_add_headers_nor_run_templates()
    {
        var composed = await ComposedAsync(MessageTemplates.ReminderFirst, with: customer => customer with { Name = "<script>alert(1)</script>{{merchant.name}}" }, number: "F\r\nBcc: x@y.test");

        Assert.Contains("&lt;script&gt;", composed.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", composed.Html, StringComparison.Ordinal);
        Assert.Contains("{{merchant.name}}", composed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', composed.Subject);
        Assert.DoesNotContain('\r', composed.Subject);
    }

    [Theory]
    [InlineData("{{> partial}}")]
    [InlineData("{{{customer.name}}}")]
    [InlineData("{{&customer.name}}")]
    [InlineData("{{lookup customer name}}")]
    [InlineData("{{#customer}}x{{/customer}}")]
    [InlineData("{{../secret}}")]
    [InlineData("{{#if customer}}never closed")]
    public void A_template_that_does_more_than_show_values_is_refused(string source)
    {
        var refused = Assert.Throws<RuleViolationException>(() => TextTemplates.Compile(source, TextTarget.Html));

        Assert.Equal(RuleCodes.TemplateBroken, refused.Violations[0].Code);
    }

    [Fact]
    public void A_template_shows_values_and_chooses_and_repeats()
    {
        var text = TextTemplates.Compile("{{#if paid}}{{name}}{{else}}-{{/if}}{{#each lines}} {{this}}{{/each}}", TextTarget.Html);

        Assert.Equal("A&amp;B 1 2", text(new Dictionary<string, object?> { ["paid"] = true, ["name"] = "A&B", ["lines"] = new[] { "1", "2" } }));
    }

    [Fact]
    public async Task What_was_sent_is_kept_as_the_customer_saw_it()
    {
        var composed = await ComposedAsync(MessageTemplates.ReminderFirst);
        var message = house.All<Message>().Single();

        await house.DoAsync<MessageLog>(log => log.MarkSentAsync(message.Id, composed, "to@dupont.example.test", "<1@cpw>"));
        await house.DoAsync<MessageLog>(log => log.MarkSentAsync(message.Id, composed, "to@dupont.example.test", "<1@cpw>"));

        var sent = house.Get<Message>(message.Id);
        Assert.Equal((MessageStatus.Sent, composed.Subject, "to@dupont.example.test"), (sent.Status, sent.Subject, sent.Recipient));
        Assert.Equal(composed.Html, System.Text.Encoding.UTF8.GetString((await house.Blobs.GetAsync(sent.BodyBlob!))!));
        Assert.Single(house.Events, "message.sent");
        await Assert.ThrowsAsync<IllegalTransitionException>(() => house.DoAsync<MessageLog>(log => log.MarkCancelledAsync(message.Id, ContactReasons.Paid)));
    }

    private async Task<ComposedMessage> ComposedAsync(string template, string language = "fr", Func<Customer, Customer>? with = null, string number = "F-2026-0001")
    {
        var customer = await house.CustomerAsync(with: customer => (with ?? (same => same))(customer with { Language = language }));
        var invoice = await house.InvoiceAsync(123_456, number, customer);
        var request = await house.RequestAsync(invoice);
        await house.DoAsync<GatewaySync>(sync => sync.ApplyAsync(new GatewayRequest
        {
            Id = "gw",
            MerchantPaymentRequestId = request.Id.ToString(),
            Endpoint = "https://gw.example.test",
            VirtualIban = "FR1420041010050500013M02606",
            RequestStatus = "ACTIVE",
            PaymentStatus = "PENDING",
        }));
        var plan = await house.DoAsync<ContactPlanner, ContactPlan>(planner => planner.PlanAsync(new ContactIntent
        {
            CustomerId = customer.Id,
            InvoiceId = invoice.Id,
            RequestId = request.Id,
            Template = template,
            Key = Guid.CreateVersion7().ToString(),
        }));
        return await house.DoAsync<MessageComposer, ComposedMessage>(composer => composer.ComposeAsync(plan.Message!, "https://pay.example.test/"));
    }
}
