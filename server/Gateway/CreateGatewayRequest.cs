using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Server.Payer;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Creates a payment request at the gateway: once, also when an answer was lost.</summary>
internal sealed class CreateGatewayRequest(IPaymentGateway gateway, GatewaySync sync, TaskDesk tasks, IOptions<PayerOptions> payer) : IEffectHandler
{
    public string Kind => EffectKinds.CreateGatewayRequest;

    public async ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        await RequestAsync(effect, records, cancellationToken) switch
        {
            null => GuardVerdict.Drop("request-unknown"),
            { RequestStatus: not RequestStatus.Active } => GuardVerdict.Drop("request-ended"),
            _ => GuardVerdict.Go,
        };

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var request = await RequestAsync(effect, records, cancellationToken)
            ?? throw new InvalidOperationException($"The payment request of the effect {effect.Key} is gone.");

        if (effect.MayHaveBegun)
        {
            var found = await gateway.FindRequestAsync(request.Id.ToString(), cancellationToken);
            if (!GatewayOutcome.IsNone(found))
            {
                return GatewayOutcome.OfQuestion(found);
            }
        }

        var invoice = await records.FindAsync<Invoice>(request.InvoiceId, cancellationToken);
        var customer = await records.FindAsync<Customer>(request.CustomerId, cancellationToken);
        return GatewayOutcome.OfOrder(await gateway.CreateRequestAsync(
            new NewGatewayRequest
            {
                MerchantPaymentRequestId = request.Id.ToString(),
                Amount = request.Amount - request.Paid,
                Description = invoice?.Description is { Length: > 0 } description ? $"{invoice.Number} · {description}" : invoice?.Number ?? request.Reference,
                Email = customer?.Email,
                Language = customer?.Language ?? "fr",
                Deadline = request.Deadline,
                RedirectUrl = payer.Value.ReturnAddressOf(request.LinkToken),
            },
            effect.Key,
            cancellationToken), effect.MayHaveBegun);
    }

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (GatewayOutcome.ValueOf<GatewayRequest>(outcome) is { } state)
        {
            await sync.ApplyAsync(state, cancellationToken);
        }
        else if (outcome.Kind == EffectOutcomeKind.Refused && effect.CaseId is null && await RequestAsync(effect, records, cancellationToken) is { } request)
        {
            // No case waits for the answer: a person is to know that the customer cannot pay.
            await tasks.CreateAsync(
                new NewTask { Key = $"request-refused/{request.Id:N}", Kind = "request-refused", Note = outcome.Error, CustomerId = request.CustomerId, InvoiceId = request.InvoiceId, Amount = request.Amount - request.Paid },
                cancellationToken);
        }
    }

    private static ValueTask<PaymentRequest?> RequestAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        records.FindAsync<PaymentRequest>(DomainJson.Read<RequestPayload>(effect.PayloadJson).RequestId, cancellationToken);
}
