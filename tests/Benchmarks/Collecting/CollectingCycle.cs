using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Benchmarks.Collecting;

/// <summary>
/// One invoice through Soft dunning: it comes in, a payment request is made at the gateway, a reminder is sent, the case
/// waits, the payment is booked, the ERP is told, the case ends.
/// </summary>
internal sealed class CollectingCycle(House house)
{
    private const string WaitNodeId = "wait-first";
    private const long AmountMinor = 120_00;

    /// <summary>Gives the merchant an ERP to be told.</summary>
    public async Task PrepareAsync()
    {
        await using var scope = house.Open();
        scope.Records.Add(new WebhookEndpoint
        {
            Id = Guid.CreateVersion7(),
            MerchantId = house.MerchantId,
            Name = "ERP",
            Url = "https://erp.benchmark.test/payments",
            SecretProtected = "unused",
            CreatedAt = house.Clock.GetUtcNow(),
        });
        await scope.Records.CommitAsync();
    }

    public async Task RunAsync()
    {
        var invoice = NewInvoice(out var customer);
        var startKey = StimulusRouting.StartKey(ReadyMadeScenarios.SoftDunningId, CaseSubjects.OfInvoice(invoice.Id));
        var caseId = StimulusRouting.CaseId(house.MerchantId, startKey);
        var waits = house.Milestones.Expect(caseId, Milestones.WaitsAt(WaitNodeId));
        var told = house.Milestones.Expect(invoice.Id, WorldOutside.Told);
        await ComeInAsync(invoice, customer);
        await waits;
        await told;

        var ended = house.Milestones.Expect(caseId, Milestones.Finished);
        await PayAsync(invoice);
        await ended;
    }

    private async Task ComeInAsync(Invoice invoice, Customer customer)
    {
        await using var scope = house.Open();
        var now = house.Clock.GetUtcNow();
        scope.Records.Add(customer);
        scope.Records.Add(invoice);
        scope.Records.Post(Postings.InvoiceIssued(invoice, now));
        scope.Records.Raise(new DomainEvent
        {
            Id = Guid.CreateVersion7(),
            MerchantId = house.MerchantId,
            Name = EventNames.InvoiceImported,
            At = now,
            CustomerId = customer.Id,
            InvoiceId = invoice.Id,
            AmountMinor = AmountMinor,
            Currency = "EUR",
            DataJson = DomainJson.Write(new { number = invoice.Number, scenarioId = ReadyMadeScenarios.SoftDunningId }),
        });
        await scope.Records.CommitAsync();
    }

    private async Task PayAsync(Invoice invoice)
    {
        await using var scope = house.Open();
        var request = (await scope.Records.ListAsync<PaymentRequest>(each => each.InvoiceId == invoice.Id)).Single();
        await scope.Services.GetRequiredService<ReceiptBook>().BookAsync(new ReceivedMoney
        {
            SourceKey = $"card:{invoice.Id:N}",
            Method = PaymentMethod.Card,
            Amount = invoice.Amount,
            ReceivedAt = house.Clock.GetUtcNow(),
            RequestId = request.Id,
            InvoiceId = invoice.Id,
            CustomerId = invoice.CustomerId,
        });
        await scope.Records.CommitAsync();
    }

    private Invoice NewInvoice(out Customer customer)
    {
        var now = house.Clock.GetUtcNow();
        var number = Guid.CreateVersion7().ToString("N");
        customer = new Customer { Id = Guid.CreateVersion7(), MerchantId = house.MerchantId, Number = $"C-{number}", Name = "Dupont SARL", Email = "compta@dupont.test", CreatedAt = now };
        var amount = new Money(AmountMinor, "EUR");
        return new Invoice
        {
            Id = Guid.CreateVersion7(),
            MerchantId = house.MerchantId,
            Number = $"F-{number}",
            CustomerId = customer.Id,
            IssueDate = new DateOnly(2026, 10, 23),
            DueDate = new DateOnly(2026, 11, 22),
            Amount = amount,
            Open = amount,
            ImportedAt = now,
        };
    }
}
