using System.Globalization;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Receipts;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>A gateway in memory that answers at once: for simulating a scenario on past invoices, where nothing may leave the house.</summary>
public sealed class SimulatedGateway(TimeProvider time) : IPaymentGateway
{
    private const int AccountDigits = 23;

    private readonly Dictionary<string, (GatewayRequest State, Money Amount)> requests = [];
    private readonly Dictionary<string, GatewayTransfer> transfers = [];

    /// <summary>The requests as they stand, in the order they were made.</summary>
    public IReadOnlyList<GatewayRequest> Requests => [.. requests.Values.Select(request => request.State)];

    /// <inheritdoc />
    public Task<GatewayResult<GatewayRequest>> CreateRequestAsync(NewGatewayRequest request, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!requests.TryGetValue(request.MerchantPaymentRequestId, out var known))
        {
            var number = (requests.Count + 1).ToString(CultureInfo.InvariantCulture);
            var state = new GatewayRequest
            {
                Id = $"simulated-{number}",
                MerchantPaymentRequestId = request.MerchantPaymentRequestId,
                Amount = request.Amount,
                Endpoint = $"https://simulated.invalid/{number}",
                VirtualIban = Iban.Make("FR", number.PadLeft(AccountDigits, '0')),
                RequestStatus = "ACTIVE",
                PaymentStatus = "PENDING",
            };
            known = (state, request.Amount);
            requests.Add(request.MerchantPaymentRequestId, known);
        }

        return Delivered(known.State);
    }

    /// <inheritdoc />
    public Task<GatewayResult<GatewayRequest?>> FindRequestAsync(string merchantPaymentRequestId, CancellationToken cancellationToken) =>
        Delivered<GatewayRequest?>(requests.TryGetValue(merchantPaymentRequestId, out var known) ? known.State : null);

    /// <inheritdoc />
    public Task<GatewayResult<GatewayRequest>> ReadRequestAsync(string gatewayRequestId, CancellationToken cancellationToken) =>
        Requests.FirstOrDefault(request => request.Id == gatewayRequestId) is { } found ? Delivered(found) : Unknown<GatewayRequest>();

    /// <inheritdoc />
    public Task<GatewayResult<GatewayRequest>> CancelRequestAsync(string gatewayRequestId, CancellationToken cancellationToken)
    {
        if (Requests.FirstOrDefault(request => request.Id == gatewayRequestId) is not { } found)
        {
            return Unknown<GatewayRequest>();
        }

        return Delivered(found.RequestStatus == "ACTIVE" ? Keep(found with { RequestStatus = "CANCELED", PaymentStatus = "UNPAID" }) : found);
    }

    /// <inheritdoc />
    public Task<GatewayResult<GatewayTransfer>> ReadTransferAsync(string gatewayTransferId, CancellationToken cancellationToken) =>
        transfers.TryGetValue(gatewayTransferId, out var found) ? Delivered(found) : Unknown<GatewayTransfer>();

    /// <summary>A payer pays by card on a request, all or a part; answers the request as it then stands.</summary>
    public GatewayRequest PayByCard(string merchantPaymentRequestId, Money amount)
    {
        var (state, asked) = requests[merchantPaymentRequestId];
        var payments = state.Payments.Append(new GatewayPayment($"{state.Id}-{state.Payments.Count + 1}", PaymentMethod.Card, amount, time.GetUtcNow())).ToArray();
        var paid = payments.Aggregate(Money.Zero(asked.Currency), (sum, payment) => sum + payment.Amount);
        var isPaid = paid >= asked;
        return Keep(state with { Payments = payments, RequestStatus = isPaid ? "CLOSED" : state.RequestStatus, PaymentStatus = isPaid ? "PAID" : "PARTIAL" });
    }

    /// <summary>A payer sends a transfer.</summary>
    public void Transfer(GatewayTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        transfers[transfer.Id] = transfer;
    }

    private GatewayRequest Keep(GatewayRequest state)
    {
        requests[state.MerchantPaymentRequestId] = (state, requests[state.MerchantPaymentRequestId].Amount);
        return state;
    }

    private static Task<GatewayResult<T>> Delivered<T>(T value) => Task.FromResult(new GatewayResult<T>(EffectOutcomeKind.Delivered, value, null, 200));

    private static Task<GatewayResult<T>> Unknown<T>() => Task.FromResult(new GatewayResult<T>(EffectOutcomeKind.Refused, default, "There is no such object.", 404));
}
