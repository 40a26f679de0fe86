using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Activities.Simulation;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Activities.Tests.Simulation;

public sealed class ScenarioSimulationTests : IAsyncLifetime
{
    private static readonly DateOnly Issued = new(2026, 3, 2);
    private static readonly DateOnly Due = new(2026, 4, 1);

    private ScenarioHouse house = null!;

    public async Task InitializeAsync() => house = await ScenarioHouse.OpenAsync();

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task An_invoice_that_is_never_paid_is_reminded_twice_called_and_given_up_at_the_times_that_are_drawn()
    {
        var result = await SimulateAsync(MadeUp());

        var only = Assert.Single(result.Cases);
        Assert.Equal(CaseEnding.Unpaid, only.Ending);
        Assert.Equal(
            ["2026-03-02 08:00 reminder.first", "2026-04-08 06:00 reminder.second"],
            only.Moments.Where(moment => moment.What == EventNames.MessageSent).Select(moment => $"{moment.At:yyyy-MM-dd HH:mm} {moment.Values["template"]}"));
        Assert.Equal(["call", "check"], only.Moments.Where(moment => moment.What == EventNames.TaskCreated).Select(moment => moment.Values["kind"]));
        Assert.Equal(2, result.Totals.Messages["Email"]);
        Assert.Equal(1, result.Totals.Requests);
        Assert.Null(result.Totals.AverageDaysToPayment);
    }

    [Fact]
    public async Task A_payer_who_pays_ten_days_late_gets_the_second_reminder_and_the_case_ends_paid()
    {
        var result = await SimulateAsync(MadeUp(new PayerBehaviour { PaysAfterDays = 10 }));

        var only = Assert.Single(result.Cases);
        Assert.Equal(CaseEnding.Paid, only.Ending);
        Assert.Equal(40m, result.Totals.AverageDaysToPayment);
        Assert.Equal(new SimulatedSum("EUR", 12_000, 12_000), Assert.Single(result.Totals.Sums));
        Assert.Contains(new SimulatedWeek(new DateOnly(2026, 4, 6), "EUR", 12_000, 1), result.Totals.Weeks);
        var paid = Assert.Single(only.Moments, moment => moment.Outcome == "Paid");
        Assert.Equal("wait-second", paid.StepId);
        Assert.Equal(new SimulatedStep(1, new Dictionary<string, int> { ["Paid"] = 1 }).Outcomes, result.Totals.Steps["wait-second"].Outcomes);
    }

    [Fact]
    public async Task A_part_that_is_paid_leaves_the_rest_owed()
    {
        var result = await SimulateAsync(MadeUp(new PayerBehaviour { PaysAfterDays = 2, PaidPercent = 25 }));

        Assert.Equal(new SimulatedSum("EUR", 12_000, 3_000), Assert.Single(result.Totals.Sums));
        Assert.Contains("reminder.partly-paid", Assert.Single(result.Cases).Moments.Where(moment => moment.What == EventNames.MessageSent).Select(moment => moment.Values["template"]));
    }

    [Fact]
    public async Task A_timeline_says_of_each_thing_which_step_it_comes_from_and_by_which_outcome()
    {
        var moments = Assert.Single((await SimulateAsync(MadeUp(new PayerBehaviour { PaysAfterDays = 10 }))).Cases).Moments;

        Assert.Equal(moments.Select(moment => moment.At), moments.Select(moment => moment.At).Order());
        Assert.Equal(
            [
                "Decided start Done", "Asked  payment_request.created", "Decided request Created", "Decided first Planned", "Waited wait-first", "Sent first message.sent",
                "Decided wait-first Time limit", "Decided second Planned", "Waited wait-second", "Sent second message.sent",
                "Booked  payment.received", "Decided wait-second Paid", "Decided erp Not delivered", "Ended ",
            ],
            moments.Select(moment => $"{moment.Kind} {moment.StepId}{(moment.Outcome is { } outcome ? " " + outcome : moment.What.StartsWith("step.", StringComparison.Ordinal) || moment.What == MomentNames.CaseEnded ? "" : " " + moment.What)}"));
        Assert.Equal("2026-04-07T22:00:00.0000000+00:00", moments.First(moment => moment.Kind == MomentKind.Waited).Values["until"]);
    }

    [Fact]
    public async Task Direct_debits_fail_as_the_bank_is_assumed_to_say_and_are_tried_again()
    {
        var ask = MadeUp(new PayerBehaviour { HasMandate = true, DebitReasons = ["AM04", "AM04"] }) with { DefinitionId = ReadyMadeScenarios.SepaRetryId };

        var result = await SimulateAsync(ask);

        var only = Assert.Single(result.Cases);
        Assert.Equal(CaseEnding.Paid, only.Ending);
        Assert.Equal((3, 2), (result.Totals.Debits, result.Totals.FailedDebits));
        Assert.Equal(["AM04", "AM04"], only.Moments.Where(moment => moment.What == EventNames.DebitFailed).Select(moment => moment.Values["code"]));
    }

    [Fact]
    public async Task A_debit_whose_case_has_ended_is_announced_and_collected_all_the_same()
    {
        const string Mine = "collect-and-end";
        var trigger = JsonNode.Parse(ReadyMadeScenarios.Json(ReadyMadeScenarios.SoftDunningId))!["root"]!["activities"]!.AsArray().First(step => step!["customProperties"]?["canStartWorkflow"]?.GetValue<bool>() == true)!;
        var drawn = new JsonObject
        {
            ["definitionId"] = Mine,
            ["name"] = "Collect and end",
            ["root"] = new JsonObject
            {
                ["id"] = "flow",
                ["type"] = "Elsa.Flowchart",
                ["activities"] = new JsonArray(
                    trigger.DeepClone(),
                    JsonNode.Parse("""{"id":"collect","type":"CentralPay.CollectByDirectDebit","noticeDays":{"typeName":"Int32","expression":{"type":"Literal","value":"5"}}}"""),
                    JsonNode.Parse("""{"id":"wait","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"P1D"}}}"""),
                    JsonNode.Parse("""{"id":"end","type":"Elsa.Finish"}""")),
                ["connections"] = new JsonArray(Way(trigger["id"]!.GetValue<string>(), "collect"), Way(trigger["id"]!.GetValue<string>(), "wait"), Way("wait", "end")),
            },
        };
        await house.ReadAsync(scope => scope.GetRequiredService<ScenarioLibrary>().ImportAsync(drawn.ToJsonString(), "test"));

        var only = Assert.Single((await SimulateAsync(MadeUp(new PayerBehaviour { HasMandate = true }) with { DefinitionId = Mine })).Cases);

        Assert.Equal(CaseEnding.Paid, only.Ending);
        var announced = Assert.Single(only.Moments, moment => moment.What == EventNames.MessageSent && moment.Values["template"]!.Contains("debit", StringComparison.Ordinal));
        Assert.Equal(new DateTime(2026, 3, 27), announced.At.Date);

        static JsonNode Way(string from, string to) => JsonNode.Parse($$$"""{"source":{"activity":"{{{from}}}","port":"Done"},"target":{"activity":"{{{to}}}","port":"In"}}""")!;
    }

    [Fact]
    public async Task Past_invoices_are_paid_when_they_really_were()
    {
        var paid = await house.InvoiceComesInAsync("F-1", 20_000, begin: false);
        var owed = await house.InvoiceComesInAsync("F-2", 5_000, begin: false);
        await BookAsync(paid, 20_000, TimeSpan.FromDays(9));

        var result = await SimulateAsync(Past() with { Days = 30 });

        Assert.Equal([("F-1", CaseEnding.Paid), ("F-2", CaseEnding.Waiting)], result.Cases.Select(one => (one.Number, one.Ending)));
        Assert.Equal(house.Clock.GetUtcNow(), result.Cases[0].PaidAt);
        Assert.Equal(owed.Amount, result.Cases[1].Open);
        Assert.Equal(new SimulatedWait("wait-second", "EUR", 1, 5_000), Assert.Single(result.Totals.Waiting));
    }

    [Fact]
    public async Task What_two_cases_want_to_tell_a_customer_on_one_day_counts_as_one_message()
    {
        var first = await house.InvoiceComesInAsync("F-1", 20_000, begin: false);
        await AnotherAsync(first, "F-2");
        await house.InScopeAsync(async scope =>
        {
            var records = scope.GetRequiredService<IMerchantRecords>();
            records.Update((await records.FindAsync<Merchant>(house.MerchantId))! with { GatherMinutes = 60 });
            await records.CommitAsync();
        });

        var totals = (await SimulateAsync(Past() with { Assumed = new PayerBehaviour() })).Totals;

        Assert.Equal(2, totals.Cases);
        Assert.Equal((2, 2), (totals.Messages["Email"], totals.Merged));
    }

    [Fact]
    public async Task The_same_question_gets_the_same_answer_to_the_last_value()
    {
        for (var number = 1; number <= 12; number++)
        {
            await BookAsync(await house.InvoiceComesInAsync($"F-{number}", 1_000 * number, begin: false), 500 * number, TimeSpan.FromDays(2));
        }

        var ask = Past() with { Assumed = new PayerBehaviour { PaysAfterDays = 20, PaidPercent = 60 } };

        Assert.Equal(DomainJson.Write(await SimulateAsync(ask)), DomainJson.Write(await SimulateAsync(ask)));
    }

    [Fact]
    public async Task Nothing_is_written_and_nothing_leaves_the_house()
    {
        await house.InvoiceComesInAsync("F-1", 20_000);
        await house.SettleAsync();
        var before = await CountsAsync();

        var result = await SimulateAsync(Past() with { Assumed = new PayerBehaviour { PaysAfterDays = 10 } });

        Assert.NotEmpty(result.Totals.Messages);
        Assert.Equal(before, await CountsAsync());
        Assert.Empty(await house.ReadAsync(async scope => await scope.GetRequiredService<IMerchantRecords>().ListAsync<Effect>(effect => effect.State == EffectState.Pending && effect.Kind != EffectKinds.Email)));
    }

    [Fact]
    public async Task A_draft_is_simulated_as_it_is_drawn_and_stays_a_draft()
    {
        var draft = await DraftAsync(json => json.Replace("\"P7D\"", "\"P3D\"", StringComparison.Ordinal));

        var result = await SimulateAsync(MadeUp());

        Assert.Equal(draft.Version, result.Version);
        Assert.Contains(Assert.Single(result.Cases).Moments, moment => moment.What == EventNames.MessageSent && moment.At.Day == 4);
        var latest = await house.ReadAsync(async scope => await scope.GetRequiredService<ScenarioLibrary>().GetAsync(ReadyMadeScenarios.SoftDunningId));
        Assert.False(latest!.IsPublished);
    }

    [Fact]
    public async Task What_keeps_a_draft_from_being_published_keeps_it_from_being_simulated()
    {
        await DraftAsync(json => json.Replace("CentralPay.SendReminder", "CentralPay.SendCarrierPigeon", StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<ScenarioProblemsException>(() => SimulateAsync(MadeUp()));

        Assert.Contains(refused.Problems, problem => problem.Code == ProblemCodes.UnknownActivity);
    }

    [Fact]
    public async Task A_step_that_fails_stops_its_case_and_is_counted_with_what_it_says()
    {
        await DraftAsync(json => json.Replace("\"reminder.second\"", "\"reminder.nobody-wrote\"", StringComparison.Ordinal));

        var totals = (await SimulateAsync(MadeUp())).Totals;

        Assert.Equal(1, totals.Endings[CaseEnding.Stopped]);
        Assert.Equal("second", Assert.Single(totals.Stops).StepId);
    }

    [Fact]
    public async Task A_scenario_that_begins_with_a_transfer_is_refused()
    {
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => SimulateAsync(MadeUp() with { DefinitionId = ReadyMadeScenarios.TransferReconciliationId }));

        Assert.Equal(RuleCodes.SimulationNoInvoices, Assert.Single(refused.Violations).Code);
    }

    [Fact]
    public async Task What_is_asked_out_of_range_is_refused_by_field()
    {
        async Task<string> RefusedFieldAsync(SimulationAsk ask) => Assert.Single((await Assert.ThrowsAsync<RuleViolationException>(() => SimulateAsync(ask))).Violations).Field;

        Assert.Equal("limit", await RefusedFieldAsync(Past() with { Limit = 10_001 }));
        Assert.Equal("days", await RefusedFieldAsync(Past() with { Days = 0 }));
        Assert.Equal("past", await RefusedFieldAsync(MadeUp() with { MadeUp = [] }));
        Assert.Equal("past.to", await RefusedFieldAsync(Past() with { Past = new PastPeriod { From = Due, To = Issued } }));
        Assert.Equal("payers.debitReasons", await RefusedFieldAsync(MadeUp(new PayerBehaviour { DebitReasons = ["XX99"] })));
        Assert.Equal("payers.paidPercent", await RefusedFieldAsync(MadeUp(new PayerBehaviour { PaidPercent = 0 })));
        Assert.Equal("invoices[0].dueDate", await RefusedFieldAsync(MadeUp() with { MadeUp = [new MadeUpInvoice { Amount = new Money(1, "EUR"), IssueDate = Due, DueDate = Issued }] }));
        Assert.Equal("past", await RefusedFieldAsync(Past()));
    }

    [Fact]
    public async Task A_made_up_invoice_without_dates_or_with_dates_nobody_can_mean_is_refused_by_field_and_rule()
    {
        async Task<IEnumerable<(string, string)>> RefusedAsync(DateOnly? issued, DateOnly? due) =>
            (await Assert.ThrowsAsync<RuleViolationException>(() => SimulateAsync(MadeUp() with { MadeUp = [new MadeUpInvoice { Amount = new Money(1, "EUR"), IssueDate = issued, DueDate = due }] })))
                .Violations.Select(violation => (violation.Field, violation.Code));

        Assert.Equal([("invoices[0].issueDate", RuleCodes.Required), ("invoices[0].dueDate", RuleCodes.Required)], await RefusedAsync(null, null));
        Assert.Equal([("invoices[0].issueDate", RuleCodes.DateOutOfRange)], await RefusedAsync(DateOnly.MinValue, Due));
        Assert.Equal([("invoices[0].dueDate", RuleCodes.DateOutOfRange)], await RefusedAsync(Issued, DateOnly.MaxValue));
    }

    [Fact]
    public async Task A_merchant_simulates_once_at_a_time_and_few_merchants_side_by_side()
    {
        var gate = await house.ReadAsync(scope => Task.FromResult(scope.GetRequiredService<SimulationGate>()));
        using (gate.Enter(house.MerchantId))
        {
            await Assert.ThrowsAsync<SimulationBusyException>(() => SimulateAsync(MadeUp()));
        }

        var others = Enumerable.Range(0, SimulationGate.MostAtOnce).Select(_ => gate.Enter(Guid.CreateVersion7())).ToList();
        await Assert.ThrowsAsync<SimulationBusyException>(() => SimulateAsync(MadeUp()));
        others[0].Dispose();
        Assert.Single((await SimulateAsync(MadeUp())).Cases);
        Assert.Single((await SimulateAsync(MadeUp())).Cases);
    }

    [Fact]
    public async Task Operators_see_no_burst_of_a_simulation()
    {
        var bursts = new ConcurrentQueue<string?>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EngineTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => bursts.Enqueue(span.GetTagItem(EngineTelemetry.TenantAttribute)?.ToString()),
        };
        ActivitySource.AddActivityListener(listener);

        await SimulateAsync(MadeUp());
        Assert.DoesNotContain(house.MerchantId.ToString(), bursts);

        await house.InvoiceComesInAsync("F-1", 20_000);
        await house.SettleAsync();
        Assert.Contains(house.MerchantId.ToString(), bursts);
    }

    private static SimulationAsk MadeUp(PayerBehaviour? assumed = null) => new()
    {
        DefinitionId = ReadyMadeScenarios.SoftDunningId,
        MadeUp = [new MadeUpInvoice { Amount = new Money(12_000, "EUR"), IssueDate = Issued, DueDate = Due }],
        Assumed = assumed,
    };

    private static SimulationAsk Past() => new()
    {
        DefinitionId = ReadyMadeScenarios.SoftDunningId,
        Past = new PastPeriod { From = new DateOnly(2026, 10, 1), To = new DateOnly(2026, 10, 31) },
    };

    private Task<SimulationResult> SimulateAsync(SimulationAsk ask) => house.ReadAsync(scope => scope.GetRequiredService<ScenarioSimulation>().RunAsync(ask));

    private Task BookAsync(Invoice invoice, long amountMinor, TimeSpan later)
    {
        house.Clock.MoveTo(house.Clock.GetUtcNow() + later);
        return house.InScopeAsync(async scope =>
        {
            await scope.GetRequiredService<ReceiptBook>().BookAsync(new ReceivedMoney
            {
                SourceKey = "bank:" + invoice.Number,
                Method = PaymentMethod.Transfer,
                Amount = new Money(amountMinor, "EUR"),
                ReceivedAt = house.Clock.GetUtcNow(),
                InvoiceId = invoice.Id,
            });
            await scope.GetRequiredService<IMerchantRecords>().CommitAsync();
        });
    }

    private Task AnotherAsync(Invoice like, string number) => house.InScopeAsync(async scope =>
    {
        var records = scope.GetRequiredService<IMerchantRecords>();
        records.Add(like with { Id = Guid.CreateVersion7(), Number = number });
        await records.CommitAsync();
    });

    private Task<ScenarioVersion> DraftAsync(Func<string, string> change) => house.ReadAsync(async scope =>
    {
        var library = scope.GetRequiredService<ScenarioLibrary>();
        var published = (await library.GetAsync(ReadyMadeScenarios.SoftDunningId))!;
        return await library.SaveDraftAsync(change(JsonNode.Parse(published.Json)!.ToJsonString()), published.Revision, "test");
    });

    private Task<(int, int, int, int, int, int)> CountsAsync() => house.ReadAsync(async scope =>
    {
        var records = scope.GetRequiredService<IMerchantRecords>();
        return (
            await records.CountAsync<Effect>(effect => true),
            await records.CountAsync<DomainEvent>(happened => true),
            await records.CountAsync<Message>(message => true),
            await records.CountAsync<Payment>(payment => true),
            await records.CountAsync<Payments.Requests.PaymentRequest>(request => true),
            await records.CountAsync<Payments.Access.AuditEntry>(entry => true));
    });
}
