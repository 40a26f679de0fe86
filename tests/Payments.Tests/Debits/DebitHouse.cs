using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;

namespace CentralPay.Workflows.Payments.Tests.Debits;

/// <summary>A merchant that takes direct debits, with a hand that plays the gateway.</summary>
internal sealed class DebitHouse
{
    public TestHouse Books { get; } = new(new Merchant
    {
        Id = TestHouse.MerchantId,
        MerchantId = TestHouse.MerchantId,
        Name = "Maison Lumière",
        Slug = "maison-lumiere",
        SenderEmail = "compta@maison-lumiere.test",
        AcceptsDirectDebit = true,
    });

    public Mandate Mandate(Mandate mandate) => Books.Get<Mandate>(mandate.Id);

    public DirectDebit Debit(DirectDebit debit) => Books.Get<DirectDebit>(debit.Id);

    public Task<Mandate> AskAsync(Customer customer, MandateScheme scheme = MandateScheme.Core) =>
        Books.DoAsync<Mandates, Mandate>(mandates => mandates.AskAsync(new NewMandate { CustomerId = customer.Id, Scheme = scheme }));

    public async Task<Mandate> SignedAsync(Customer customer, DateTimeOffset? at = null)
    {
        var mandate = await AskAsync(customer);
        await Books.DoAsync<MandateSync>(sync => sync.ApplyAsync(new GatewayMandate
        {
            Id = $"gw-{mandate.Id:N}",
            MerchantMandateId = mandate.Id.ToString(),
            Status = "ACTIVE",
            Endpoint = "https://gateway.test/mandate",
            DebtorName = "DUPONT SARL",
            AccountEnding = "2606",
            SignedAt = at ?? Books.Now,
        }));
        return Mandate(mandate);
    }

    /// <summary>An invoice of a customer with a signed mandate.</summary>
    public async Task<Invoice> DebitableAsync(long amountMinor = 10_000)
    {
        var customer = await Books.CustomerAsync();
        await SignedAsync(customer);
        return await Books.InvoiceAsync(amountMinor, customer: customer);
    }

    public Task<DirectDebit> CreateAsync(Invoice invoice, int noticeDays = 14, DateOnly? notBefore = null) => Books.DoAsync<DirectDebits, DirectDebit>(debits =>
        debits.CreateAsync(new NewDebit { InvoiceId = invoice.Id, Key = $"case/{Guid.CreateVersion7()}/1", NoticeDays = noticeDays, NotBefore = notBefore }));

    public Task<DirectDebit> RetryAsync(DirectDebit failed, int waitDays = 3) => Books.DoAsync<DirectDebits, DirectDebit>(debits =>
        debits.RetryAsync(new RetryOfDebit { DebitId = failed.Id, Key = $"case/{Guid.CreateVersion7()}/2", WaitDays = waitDays }));

    /// <summary>The gateway tells how a debit stands.</summary>
    public Task TellAsync(DirectDebit debit, string status, string? reason = null) => Books.DoAsync<DebitSync>(sync => sync.ApplyAsync(new GatewayDebit
    {
        Id = $"sdd-{debit.Id:N}",
        MerchantDebitId = debit.Id.ToString(),
        Status = status,
        Amount = debit.Amount,
        CollectOn = debit.CollectOn,
        ClearedAt = status is "CLEARED" or "RETURNED" ? Books.Now : null,
        ReasonCode = reason,
    }));
}
