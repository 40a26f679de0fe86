using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>Brings what the gateway tells of mandates in: their page, their signature, their end.</summary>
public sealed class MandateSync(IMerchantRecords records, TimeProvider time, Mandates mandates, AuditLog audit)
{
    private const string Active = "ACTIVE";
    private const string Canceled = "CANCELED";
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Appends what is new in the gateway's state of a mandate. Throws <see cref="RuleViolationException"/> when it is none of ours,
    /// or was signed in the future.
    /// </summary>
    public async Task ApplyAsync(GatewayMandate state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        var id = Guid.TryParse(state.MerchantMandateId, out var known) ? known : Guid.Empty;
        var mandate = await records.FindAsync<Mandate>(id, cancellationToken) ?? throw RuleViolationException.Of("merchantMandateId", RuleCodes.MandateUnknown);
        var isNew = mandate.GatewayMandateId is null;
        if (isNew || mandate.GatewayEndpoint != state.Endpoint)
        {
            mandate = records.Update(mandate with { GatewayMandateId = state.Id, GatewayEndpoint = state.Endpoint });
        }

        if (state.Status == Active && SignatureOf(mandate, state) is { } signedAt)
        {
            var signed = records.Update(MandateLife.After(mandate, MandateEvent.Signed) with { SignedAt = signedAt, DebtorName = state.DebtorName, AccountEnding = state.AccountEnding });
            records.Raise(DebitEvents.Of(signed, EventNames.MandateSigned, time.GetUtcNow(), new { signed.Reference, signed.Scheme, signed.AccountEnding }));
            audit.Write("mandate.signed", $"mandate:{signed.Id}", new { signed.Reference });
        }
        else if (state.Status == Canceled && MandateLife.Table.Allows(mandate.Status, MandateEvent.Cancelled))
        {
            mandates.End(mandate, "cancelled", knownToGateway: true);
        }
        else if (isNew && state.Status != Canceled && mandate.Status == MandateStatus.Cancelled)
        {
            // Withdrawn here while it was on its way there: nobody is to sign it, nor to use it.
            records.Ask(DebitEvents.Effect(mandate, EffectKinds.CancelGatewayMandate, $"cancel-mandate/{mandate.Id:N}/found", EffectRepeat.Idempotent, time.GetUtcNow()));
        }
    }

    private DateTimeOffset? SignatureOf(Mandate mandate, GatewayMandate state)
    {
        if (!MandateLife.Table.Allows(mandate.Status, MandateEvent.Signed))
        {
            return null;
        }

        var signedAt = (state.SignedAt ?? time.GetUtcNow()).ToUniversalTime();
        return signedAt <= time.GetUtcNow() + ClocksApart ? signedAt : throw RuleViolationException.Of("signedAt", RuleCodes.DateOutOfRange, ("from", "-"), ("to", $"{time.GetUtcNow():yyyy-MM-dd}"));
    }
}
