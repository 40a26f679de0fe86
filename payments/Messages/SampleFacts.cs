using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Requests;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>An invented customer with invoices, for previews before the first real one came in.</summary>
internal static class SampleFacts
{
    private const string PayPage = "https://pay.example.com";
    private static readonly DateOnly Today = new(2026, 11, 9);

    internal static MessageFacts ForCallback() => For(
        new Merchant { Id = Guid.Empty, MerchantId = Guid.Empty, Name = "Maison Lumière", Slug = "sample", SenderEmail = "compta@example.com" }, "fr", 1);

    internal static MessageFacts For(Merchant merchant, string language, int invoices)
    {
        var customer = new Customer
        {
            Id = Guid.Empty,
            MerchantId = merchant.Id,
            Number = "C-001",
            Name = "Dupont & Fils SARL",
            Email = "compta@dupont.example.com",
            Phone = "+33612345678",
            Language = language,
            IsBusiness = true,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        return new MessageFacts
        {
            Merchant = merchant,
            Customer = customer,
            Invoices = [.. Enumerable.Range(1, invoices).Select(number => Told(merchant, customer, number))],
            PaymentPageBaseUrl = PayPage,
            Today = Today,
            AlertSubject = "Dupont & Fils SARL",
            AlertText = "…",
        };
    }

    private static InvoiceTold Told(Merchant merchant, Customer customer, int number)
    {
        var amount = new Money(124_050 * number, merchant.Currency);
        var invoice = new Invoice
        {
            Id = Guid.Empty,
            MerchantId = merchant.Id,
            Number = $"F-2026-000{number}",
            CustomerId = customer.Id,
            IssueDate = Today.AddDays(-40),
            DueDate = Today.AddDays(-10 + number),
            Amount = amount,
            Open = amount,
            Description = "Maintenance",
            ImportedAt = DateTimeOffset.UnixEpoch,
        };
        return new InvoiceTold(invoice, new PaymentRequest
        {
            Id = Guid.Empty,
            MerchantId = merchant.Id,
            InvoiceId = invoice.Id,
            CustomerId = customer.Id,
            Amount = amount,
            Paid = Money.Zero(merchant.Currency),
            Reference = CreditorReference.Make($"SAMPLE{number}"),
            LinkToken = "sample-sample-sample-0" + number,
            VirtualIban = "FR1420041010050500013M02606",
            CreatedAt = DateTimeOffset.UnixEpoch,
        });
    }
}
