using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Callbacks;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Messages;

public sealed class TextDeskTests
{
    private static readonly TextSource Good = new()
    {
        Subject = "Facture {{invoice.number}}",
        Html = "<p>Bonjour #CUSTOMER_LASTNAME#,</p>\n{{invoice.table}}\n{{payment.button}}",
    };

    private readonly TestHouse house = new();

    [Theory]
    [InlineData("<p>ok</p>\n<p>{{customer.nom}}</p>", "html", "template-tag-unknown", "2", "{{customer.name}}")]
    [InlineData("{{amount.opne}}", "html", "template-tag-unknown", "1", "{{amount.open}}")]
    [InlineData("a\nb\n#CUSTOMER_LASTNAM#", "html", "template-tag-unknown", "3", "#CUSTOMER_LASTNAME#")]
    [InlineData("{{#if amount.paid}}\nnever closed", "html", "template-block", "1", null)]
    [InlineData("a{{/if}}", "html", "template-block", "1", null)]
    [InlineData("a\n{{customer.name", "html", "template-tag-broken", "2", null)]
    [InlineData("{{{customer.name}}}", "html", "template-tag-broken", "1", null)]
    [InlineData("{{> other}}", "html", "template-tag-broken", "1", null)]
    [InlineData("{{lookup customer name}}", "html", "template-tag-broken", "1", null)]
    [InlineData("x\n<script>alert(1)</script>", "html", "template-unsafe", "2", null)]
    [InlineData("<img src=\"a\" onerror=\"x()\">", "html", "template-unsafe", "1", null)]
    [InlineData("<a href={{payment.link}}>x</a>", "html", "template-unsafe", "1", null)]
    [InlineData("{{#each invoices}}{{merchant.name}}{{/each}}", "html", "template-tag-unknown", "1", null)]
    [InlineData("{{#each customer.name}}x{{/each}}", "html", "template-tag-unknown", "1", "{{invoices}}")]
    public async Task A_broken_text_is_refused_with_its_line_and_a_suggestion(string html, string field, string code, string line, string? suggestion)
    {
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => SaveAsync(Good with { Html = html }));

        var violation = refused.Violations[0];
        Assert.Equal((field, code, line), (violation.Field, violation.Code, violation.Arguments["line"]));
        Assert.Equal(suggestion ?? violation.Arguments.GetValueOrDefault("suggestion"), violation.Arguments.GetValueOrDefault("suggestion"));
        Assert.Empty(house.All<TextVersion>());
    }

    [Fact]
    public async Task Each_wrong_tag_is_named_at_once()
    {
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => SaveAsync(Good with { Subject = "{{a}}", Html = "{{b}}\n{{c}}", Text = "{{payment.link}} {{d}}" }));

        Assert.Equal([("subject", "1"), ("html", "1"), ("html", "2"), ("text", "1")], refused.Violations.Select(violation => (violation.Field, violation.Arguments["line"])));
    }

    [Fact]
    public async Task A_block_has_no_place_in_a_subject_or_an_SMS()
    {
        Assert.Equal("subject", (await Assert.ThrowsAsync<RuleViolationException>(() => SaveAsync(Good with { Subject = "{{payment.button}}" }))).Violations[0].Field);
        Assert.Equal("text", (await Assert.ThrowsAsync<RuleViolationException>(() => SaveAsync(new TextSource { Text = "{{invoice.table}}" }, channel: TextChannel.Sms))).Violations[0].Field);
    }

    [Fact]
    public async Task A_merchants_own_text_replaces_the_products_and_the_message_remembers_its_version()
    {
        await house.CustomerAsync(with: customer => customer with { IsBusiness = true });
        await SaveAsync(Good);

        var composed = await ComposedAsync();

        Assert.Equal(("Facture F-2026-0001", 1), (composed.Subject, composed.TextVersion));
        Assert.Contains("Bonjour Dupont SARL,", composed.Html, StringComparison.Ordinal);
        Assert.Contains("class=\"button\"", composed.Html, StringComparison.Ordinal);
        Assert.Contains("Bonjour Dupont SARL,", composed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('<', composed.Text);
    }

    [Fact]
    public async Task What_customers_are_called_stays_words_in_every_channel()
    {
        await house.CustomerAsync(with: customer => customer with { Name = "<b>\"A\"\\\n{{merchant.name}}" });
        await SaveAsync(Good with { Subject = "{{customer.name}}", Html = "<p title=\"{{customer.name}}\">{{customer.name}}</p>" });

        var composed = await ComposedAsync();

        Assert.DoesNotContain("<b>", composed.Html, StringComparison.Ordinal);
        Assert.Contains("title=\"&lt;b&gt;&quot;A&quot;", composed.Html, StringComparison.Ordinal);
        Assert.Contains("{{merchant.name}}", composed.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', composed.Subject);
    }

    [Fact]
    public async Task A_customers_language_comes_first_then_the_merchants_then_English()
    {
        await SaveAsync(Good with { Subject = "Rechnung {{invoice.number}}" }, language: "de");

        Assert.Equal("de", await LanguageAsync("de"));
        Assert.Equal("en", await LanguageAsync("en"));
        Assert.Equal("fr", await LanguageAsync("pl"));
        await house.DoAsync<TextDesk, TextShown>(desk => desk.WithdrawAsync(MessageTemplates.ReminderFirst, TextChannel.Email, "de", 1), Drawer);
        Assert.Equal("fr", await LanguageAsync("de"));
    }

    [Fact]
    public async Task Of_two_people_who_edit_the_same_version_the_second_is_refused()
    {
        await SaveAsync(Good);

        await Assert.ThrowsAsync<RecordConflictException>(() => SaveAsync(Good with { Subject = "Another" }, version: 0));

        Assert.Equal(2, (await SaveAsync(Good with { Subject = "Another" }, version: 1)).Version);
        Assert.Equal([("Facture {{invoice.number}}", false), ("Another", true)], house.All<TextVersion>().OrderBy(text => text.Version).Select(text => (text.Subject!, text.IsCurrent)));
    }

    [Fact]
    public async Task A_text_that_is_taken_back_leaves_the_products_in_force()
    {
        await SaveAsync(Good);

        var shown = await house.DoAsync<TextDesk, TextShown>(desk => desk.WithdrawAsync(MessageTemplates.ReminderFirst, TextChannel.Email, "fr", 1), Drawer);

        Assert.Equal((false, 2), (shown.IsOwn, shown.Version));
        Assert.StartsWith("Votre facture", (await ComposedAsync()).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_draws_scenarios_writes_texts() =>
        await Assert.ThrowsAsync<AccessDeniedException>(() => house.DoAsync<TextDesk, TextShown>(
            desk => desk.SaveAsync(MessageTemplates.ReminderFirst, TextChannel.Email, "fr", Good, 0), TestHouse.Person(Permissions.Read)));

    [Fact]
    public void Every_text_of_the_product_keeps_its_own_rules()
    {
        foreach (var template in MessageTemplates.All)
        {
            foreach (var (channel, language) in from channel in template.Channels from language in template.Languages select (channel, language))
            {
                Assert.Empty(TextDesk.Problems(template, channel, MessageTexts.Of(template.Name, channel, language)!));
            }
        }
    }

    [Fact]
    public void Every_name_of_CentralPay_stands_for_something_we_know()
    {
        var template = MessageTemplates.Find(MessageTemplates.ReminderFirst)!;
        var source = string.Join(' ', TextTags.CentralPay.Where(name => name != "PAYMENT_REQUEST_BREAKDOWN_LIST").Select(name => $"#{name}#"));

        Assert.Empty(TextDesk.Problems(template, TextChannel.Email, Good with { Html = source }));
        Assert.DoesNotContain('#', TextTags.Translated(source, TextTarget.Html));
    }

    [Fact]
    public async Task A_callback_in_the_merchants_form_carries_the_invoice_and_stays_JSON()
    {
        const string callback = MessageTemplates.CallbackPrefix + "invoice.paid";
        await house.CustomerAsync(with: customer => customer with { Name = "A \"B\" \\ C" });
        var invoice = await house.InvoiceAsync(12_345);
        await EndpointAsync();

        var broken = await Assert.ThrowsAsync<RuleViolationException>(() => SaveAsync(new TextSource { Text = "{\n \"a\": {{amount.openMinor}},\n}" }, TextChannel.Json, "en", 0, callback));
        await SaveAsync(new TextSource { Text = "{ \"event\": \"{{event.type}}\", \"who\": \"{{customer.name}}\", \"open\": {{amount.openMinor}} }" }, TextChannel.Json, "en", 0, callback);
        await house.DoAsync<ErpCallbacks, IReadOnlyList<string>>(callbacks => callbacks.AskAsync("invoice.paid", invoice.Id, "case/step/1", null, default));

        Assert.Equal(("template-json", "3"), (broken.Violations[0].Code, broken.Violations[0].Arguments["line"]));
        var body = JsonDocument.Parse(house.Effects(EffectKinds.Webhook).Single().PayloadJson).RootElement.GetProperty("body").GetString()!;
        var document = JsonDocument.Parse(body).RootElement;
        Assert.Equal(("invoice.paid", "A \"B\" \\ C", 12_345), (document.GetProperty("event").GetString(), document.GetProperty("who").GetString(), document.GetProperty("open").GetInt32()));
    }

    [Fact]
    public async Task A_preview_shows_a_draft_on_a_real_invoice_and_saves_nothing()
    {
        await house.CustomerAsync();
        await house.InvoiceAsync(123_456);

        var shown = await house.DoAsync<TextPreview, TextPreviewed>(preview => preview.ShowAsync(MessageTemplates.ReminderFirst, TextChannel.Sms, "fr", new TextSource { Text = "{{invoice.number}} : {{amount.open}}" }, "F-2026-0001"));

        Assert.Equal(("F-2026-0001 : 1 234,56 €", false, "Dupont SARL"), (shown.Composed.Text, shown.IsSample, shown.CustomerName));
        Assert.Equal(new SmsSize(SmsEncoding.Gsm7, 25, 1), shown.Size);
        Assert.Empty(house.All<TextVersion>());
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Before_the_first_invoice_every_template_is_shown_with_an_invented_one(string language)
    {
        foreach (var (template, channel) in from template in MessageTemplates.All from channel in template.Channels select (template.Name, channel))
        {
            var shown = await house.DoAsync<TextPreview, TextPreviewed>(preview => preview.ShowAsync(template, channel, language, null, null));
            Assert.True(shown.IsSample);
            Assert.DoesNotContain("{{", shown.Composed.Html + shown.Composed.Text + shown.Composed.Subject, StringComparison.Ordinal);
        }
    }

    private static Actor Drawer => TestHouse.Person(Permissions.Read, Permissions.DrawScenarios);

    private Task<TextShown> SaveAsync(TextSource source, TextChannel channel = TextChannel.Email, string language = "fr", int version = 0, string template = MessageTemplates.ReminderFirst) =>
        house.DoAsync<TextDesk, TextShown>(desk => desk.SaveAsync(template, channel, language, source, version), Drawer);

    private async Task<ComposedMessage> ComposedAsync()
    {
        var invoice = house.All<Invoices.Invoice>() is [var first, ..] ? first : await house.InvoiceAsync();
        var request = await house.RequestAsync(invoice);
        var plan = await PlanAsync(invoice, request.Id);
        return await house.DoAsync<MessageComposer, ComposedMessage>(composer => composer.ComposeAsync(plan.Message!, "https://pay.example.test"));
    }

    private async Task<string> LanguageAsync(string language)
    {
        var number = Guid.CreateVersion7().ToString();
        var invoice = await house.InvoiceAsync(number: number, customer: await house.CustomerAsync(number, customer => customer with { Language = language }));
        return (await PlanAsync(invoice, null)).Message!.Language;
    }

    private Task<ContactPlan> PlanAsync(Invoices.Invoice invoice, Guid? requestId) => house.DoAsync<ContactPlanner, ContactPlan>(planner => planner.PlanAsync(new ContactIntent
    {
        CustomerId = invoice.CustomerId,
        InvoiceId = invoice.Id,
        RequestId = requestId,
        Template = MessageTemplates.ReminderFirst,
        Key = Guid.CreateVersion7().ToString(),
    }));

    private Task EndpointAsync() => house.DoAsync<IMerchantRecords>(records =>
    {
        records.Add(new WebhookEndpoint { Id = Guid.CreateVersion7(), MerchantId = house.Merchant.Id, Name = "ERP", Url = "https://erp.example.test", SecretProtected = "x", CreatedAt = house.Now });
        return Task.CompletedTask;
    });
}
