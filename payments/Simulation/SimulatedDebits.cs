using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Gateway;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>
/// Mandates and direct debits in memory: for simulating a scenario, where nothing may leave the house. A debit ends in the morning
/// of its day, as the reason that was set for its mandate says, paid where none was.
/// </summary>
public sealed class SimulatedDebits(TimeProvider time) : IDebitGateway
{
    private const int BankHour = 10;

    private readonly Dictionary<string, GatewayMandate> mandates = [];
    private readonly Dictionary<string, (GatewayDebit State, string MandateId)> debits = [];
    private readonly Dictionary<string, Queue<string?>> outcomes = [];

    /// <summary>The debits as they stand, in the order they were made.</summary>
    public IReadOnlyList<GatewayDebit> Debits => [.. debits.Values.Select(debit => Now(debit.State))];

    /// <summary>A mandate that was signed before; answers its identity at the gateway.</summary>
    public string AddSigned(string merchantMandateId)
    {
        Make(merchantMandateId);
        Sign(merchantMandateId);
        return mandates[merchantMandateId].Id;
    }

    /// <summary>The customer signs a mandate.</summary>
    public void Sign(string merchantMandateId) => mandates[merchantMandateId] = mandates[merchantMandateId] with
    {
        Status = "ACTIVE",
        SignedAt = time.GetUtcNow(),
        DebtorName = "Simulated",
        AccountEnding = "0000",
    };

    /// <summary>What the debtor's bank says to the next debits on a mandate, one after the other: a reason code, or null for yes.</summary>
    public void Say(string merchantMandateId, params string?[] reasonCodes) => outcomes[merchantMandateId] = new Queue<string?>(reasonCodes);

    /// <summary>The debtor's bank takes a settled debit back.</summary>
    public void Return(string merchantDebitId, string reasonCode)
    {
        var (state, mandate) = debits[merchantDebitId];
        debits[merchantDebitId] = (Now(state) with { Status = GatewayDebitStatus.Returned, ReasonCode = reasonCode }, mandate);
    }

    /// <inheritdoc />
    public Task<GatewayResult<GatewayMandate>> CreateMandateAsync(NewGatewayMandate mandate, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mandate);
        Make(mandate.MerchantMandateId);
        return Delivered(mandates[mandate.MerchantMandateId]);
    }

    /// <inheritdoc />
    public Task<GatewayResult<GatewayMandate?>> FindMandateAsync(string merchantMandateId, CancellationToken cancellationToken) =>
        Delivered(mandates.GetValueOrDefault(merchantMandateId));

    /// <inheritdoc />
    public Task<GatewayResult<GatewayMandate>> ReadMandateAsync(string gatewayMandateId, CancellationToken cancellationToken) =>
        mandates.Values.FirstOrDefault(mandate => mandate.Id == gatewayMandateId) is { } found ? Delivered(found) : Unknown<GatewayMandate>();

    /// <inheritdoc />
    public Task<GatewayResult<GatewayMandate>> CancelMandateAsync(string gatewayMandateId, CancellationToken cancellationToken) =>
        mandates.Values.FirstOrDefault(mandate => mandate.Id == gatewayMandateId) is { } found
            ? Delivered(mandates[found.MerchantMandateId] = found with { Status = "CANCELED", Endpoint = null })
            : Unknown<GatewayMandate>();

    /// <inheritdoc />
    public Task<GatewayResult<GatewayDebit>> CreateDebitAsync(NewGatewayDebit debit, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(debit);
        if (mandates.Values.FirstOrDefault(mandate => mandate.Id == debit.GatewayMandateId) is not { Status: "ACTIVE" } mandate)
        {
            return Task.FromResult(new GatewayResult<GatewayDebit>(EffectOutcomeKind.Refused, default, "The mandate is not active.", 400));
        }

        if (!debits.TryGetValue(debit.MerchantDebitId, out var made))
        {
            var state = new GatewayDebit
            {
                Id = $"simulated-debit-{debits.Count + 1}",
                MerchantDebitId = debit.MerchantDebitId,
                Status = GatewayDebitStatus.Pending,
                Amount = debit.Amount,
                CollectOn = debit.CollectOn,
                ReasonCode = outcomes.TryGetValue(mandate.MerchantMandateId, out var said) && said.TryDequeue(out var reason) ? reason : null,
            };
            made = (state, mandate.MerchantMandateId);
            debits.Add(debit.MerchantDebitId, made);
        }

        return Delivered(Now(made.State));
    }

    /// <inheritdoc />
    public Task<GatewayResult<GatewayDebit?>> FindDebitAsync(string merchantDebitId, CancellationToken cancellationToken) =>
        Delivered(debits.TryGetValue(merchantDebitId, out var found) ? Now(found.State) : null);

    /// <inheritdoc />
    public Task<GatewayResult<GatewayDebit>> ReadDebitAsync(string gatewayDebitId, CancellationToken cancellationToken) =>
        Debits.FirstOrDefault(debit => debit.Id == gatewayDebitId) is { } found ? Delivered(found) : Unknown<GatewayDebit>();

    /// <inheritdoc />
    public Task<GatewayResult<GatewayDebit>> CancelDebitAsync(string gatewayDebitId, CancellationToken cancellationToken)
    {
        if (Debits.FirstOrDefault(debit => debit.Id == gatewayDebitId) is not { Status: GatewayDebitStatus.Pending } found)
        {
            return Unknown<GatewayDebit>();
        }

        var cancelled = found with { Status = GatewayDebitStatus.Canceled };
        debits[found.MerchantDebitId] = (cancelled, debits[found.MerchantDebitId].MandateId);
        return Delivered(cancelled);
    }

    private void Make(string merchantMandateId) => mandates.TryAdd(merchantMandateId, new GatewayMandate
    {
        Id = $"simulated-mandate-{mandates.Count + 1}",
        MerchantMandateId = merchantMandateId,
        Status = "PENDING",
        Endpoint = $"https://simulated.invalid/mandate/{mandates.Count + 1}",
    });

    // What the bank will say is known from the beginning, and told when its hour has come.
    private GatewayDebit Now(GatewayDebit state)
    {
        var told = new DateTimeOffset(state.CollectOn.ToDateTime(new TimeOnly(BankHour, 0)), TimeSpan.Zero);
        return state switch
        {
            { Status: not GatewayDebitStatus.Pending } => state,
            _ when time.GetUtcNow() < told => state with { ReasonCode = null },
            { ReasonCode: null } => state with { Status = GatewayDebitStatus.Cleared, ClearedAt = told },
            _ => state with { Status = GatewayDebitStatus.Rejected },
        };
    }

    private static Task<GatewayResult<T>> Delivered<T>(T value) => Task.FromResult(new GatewayResult<T>(EffectOutcomeKind.Delivered, value, null, 200));

    private static Task<GatewayResult<T>> Unknown<T>() => Task.FromResult(new GatewayResult<T>(EffectOutcomeKind.Refused, default, "There is no such object, or it has ended.", 404));
}
