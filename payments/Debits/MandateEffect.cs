using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>Creates, cancels or reads a mandate at the gateway: created once, also when an answer was lost.</summary>
/// <param name="kind">One of the three kinds about mandates (<see cref="EffectKinds"/>).</param>
/// <param name="gateway">The gateway.</param>
/// <param name="syncOver">What its answers mean, over the records of a unit of work.</param>
public sealed class MandateEffect(string kind, IDebitGateway gateway, Func<IMerchantRecords, MandateSync> syncOver) : IEffectHandler
{
    private const int MaxName = 70;

    /// <inheritdoc />
    public string Kind => kind;

    /// <inheritdoc />
    public async ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var mandate = await MandateAsync(effect, records, cancellationToken);
        return kind switch
        {
            EffectKinds.ReadGatewayMandate => GuardVerdict.Go,
            _ when mandate is null => GuardVerdict.Drop("mandate-unknown"),
            EffectKinds.CreateGatewayMandate => mandate.Status == MandateStatus.Draft ? GuardVerdict.Go : GuardVerdict.Drop("mandate-ended"),
            _ when mandate.GatewayMandateId is not null => GuardVerdict.Go,
            _ => CreationInDoubt.Verdict(effect, await CreationAsync(mandate, records, cancellationToken)),
        };
    }

    /// <inheritdoc />
    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var mandate = await MandateAsync(effect, records, cancellationToken);
        if (kind == EffectKinds.ReadGatewayMandate)
        {
            var gatewayId = DomainJson.Read<MandatePayload>(effect.PayloadJson).GatewayMandateId ?? mandate?.GatewayMandateId;
            return gatewayId is null
                ? new EffectOutcome { Kind = EffectOutcomeKind.Refused, Error = "The mandate is not at the gateway." }
                : GatewayOutcome.Of(await gateway.ReadMandateAsync(gatewayId, cancellationToken));
        }

        if (mandate is null)
        {
            throw new InvalidOperationException($"The mandate of the effect {effect.Key} is gone.");
        }

        if (kind == EffectKinds.CancelGatewayMandate)
        {
            return await CancelAsync(mandate, cancellationToken);
        }

        if (effect.MayHaveBegun)
        {
            var found = await gateway.FindMandateAsync(mandate.Id.ToString(), cancellationToken);
            if (!GatewayOutcome.IsNone(found))
            {
                return GatewayOutcome.OfQuestion(found);
            }
        }

        return GatewayOutcome.OfOrder(
            await gateway.CreateMandateAsync(await OrderAsync(mandate, records, cancellationToken), effect.Key, cancellationToken), effect.MayHaveBegun);
    }

    /// <inheritdoc />
    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (GatewayOutcome.ValueOf<GatewayMandate>(outcome) is { } state)
        {
            await syncOver(records).ApplyAsync(state, cancellationToken);
        }
    }

    private async Task<EffectOutcome> CancelAsync(Mandate mandate, CancellationToken cancellationToken)
    {
        if (mandate.GatewayMandateId is { } known)
        {
            return GatewayOutcome.Of(await gateway.CancelMandateAsync(known, cancellationToken));
        }

        var found = await gateway.FindMandateAsync(mandate.Id.ToString(), cancellationToken);
        return found.Value is { } there ? GatewayOutcome.Of(await gateway.CancelMandateAsync(there.Id, cancellationToken)) : GatewayOutcome.OfQuestion(found);
    }

    private static async ValueTask<Effect?> CreationAsync(Mandate mandate, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var key = Mandates.CreationKeyOf(mandate.Id);
        return (await records.ListAsync<Effect>(effect => effect.Key == key, 1, cancellationToken)).SingleOrDefault();
    }

    private static async Task<NewGatewayMandate> OrderAsync(Mandate mandate, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var customer = await records.FindAsync<Customer>(mandate.CustomerId, cancellationToken) ?? throw new InvalidOperationException($"The customer of the mandate {mandate.Id} is gone.");
        return new NewGatewayMandate
        {
            MerchantMandateId = mandate.Id.ToString(),
            Reference = mandate.Reference,
            Scheme = mandate.Scheme,
            DebtorName = customer.Name.Length > MaxName ? customer.Name[..MaxName] : customer.Name,
            Email = customer.Email,
            Phone = customer.Phone,
            Language = customer.Language,
            ReturnToken = mandate.ReturnToken,
        };
    }

    private static async ValueTask<Mandate?> MandateAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        DomainJson.Read<MandatePayload>(effect.PayloadJson).MandateId is { } id ? await records.FindAsync<Mandate>(id, cancellationToken) : null;
}
