using System.Globalization;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Server.Payer;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>
/// Mandates and direct debits at CentralPay for the merchant of the scope, one call a try. None of it is confirmed by a public
/// document: where it is not switched on, nothing is called.
/// </summary>
internal sealed class CentralPayDebits(HttpClient client, GatewayCredentials credentials, IOptions<GatewayOptions> options, IOptions<PayerOptions> payer) : IDebitGateway
{
    private const string SwitchedOff = "Direct debits are not switched on at the gateway: set Gateway:DirectDebit once its API description was checked.";
    private readonly GatewayCall call = new(client, credentials);

    public Task<GatewayResult<GatewayMandate>> CreateMandateAsync(NewGatewayMandate mandate, string key, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> form =
        [
            new(GatewayNames.MandateReference, mandate.MerchantMandateId),
            new("rum", mandate.Reference),
            new("scheme", mandate.Scheme.ToString().ToUpperInvariant()),
            new("debtorName", mandate.DebtorName),
            new("endUserLanguage", mandate.Language),
        ];
        Add(form, "email", mandate.Email);
        Add(form, "phone", mandate.Phone);
        Add(form, "redirectUrl", mandate.ReturnToken is { } token ? payer.Value.MandateReturnAddressOf(token) : null);
        return IfOn(() => call.ChangeAsync(GatewayNames.MandatePath, form, key, GatewayAnswers.Mandate, cancellationToken));
    }

    public Task<GatewayResult<GatewayMandate?>> FindMandateAsync(string merchantMandateId, CancellationToken cancellationToken) =>
        Answered(() => call.FindAsync(GatewayNames.MandatePath, GatewayNames.MandateReference, merchantMandateId, GatewayAnswers.Mandate, cancellationToken));

    public Task<GatewayResult<GatewayMandate>> ReadMandateAsync(string gatewayMandateId, CancellationToken cancellationToken) =>
        Answered(() => call.ReadAsync($"{GatewayNames.MandatePath}/{Uri.EscapeDataString(gatewayMandateId)}", GatewayAnswers.Mandate, cancellationToken));

    public Task<GatewayResult<GatewayMandate>> CancelMandateAsync(string gatewayMandateId, CancellationToken cancellationToken) =>
        IfOn(() => call.ChangeAsync($"{GatewayNames.MandatePath}/{Uri.EscapeDataString(gatewayMandateId)}/cancel", [], null, GatewayAnswers.Mandate, cancellationToken));

    public Task<GatewayResult<GatewayDebit>> CreateDebitAsync(NewGatewayDebit debit, string key, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> form =
        [
            new(GatewayNames.DebitReference, debit.MerchantDebitId),
            new(GatewayNames.MandateId, debit.GatewayMandateId),
            new("amount", debit.Amount.AmountMinor.ToString(CultureInfo.InvariantCulture)),
            new("currency", debit.Amount.Currency),
            new(GatewayNames.CollectionDate, debit.CollectOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("description", debit.Description),
        ];
        return IfOn(() => call.ChangeAsync(GatewayNames.DebitPath, form, key, GatewayAnswers.Debit, cancellationToken));
    }

    public Task<GatewayResult<GatewayDebit?>> FindDebitAsync(string merchantDebitId, CancellationToken cancellationToken) =>
        Answered(() => call.FindAsync(GatewayNames.DebitPath, GatewayNames.DebitReference, merchantDebitId, GatewayAnswers.Debit, cancellationToken));

    public Task<GatewayResult<GatewayDebit>> ReadDebitAsync(string gatewayDebitId, CancellationToken cancellationToken) =>
        Answered(() => call.ReadAsync($"{GatewayNames.DebitPath}/{Uri.EscapeDataString(gatewayDebitId)}", GatewayAnswers.Debit, cancellationToken));

    public Task<GatewayResult<GatewayDebit>> CancelDebitAsync(string gatewayDebitId, CancellationToken cancellationToken) =>
        IfOn(() => call.ChangeAsync($"{GatewayNames.DebitPath}/{Uri.EscapeDataString(gatewayDebitId)}/cancel", [], null, GatewayAnswers.Debit, cancellationToken));

    private Task<GatewayResult<T>> IfOn<T>(Func<Task<GatewayResult<T>>> made) => IfOn(made, EffectOutcomeKind.Refused);

    // Switched off after something was ordered: nobody knows what became of it.
    private Task<GatewayResult<T>> Answered<T>(Func<Task<GatewayResult<T>>> asked) => IfOn(asked, EffectOutcomeKind.Failed);

    private Task<GatewayResult<T>> IfOn<T>(Func<Task<GatewayResult<T>>> made, EffectOutcomeKind otherwise) =>
        options.Value.DirectDebit == true ? made() : Task.FromResult(new GatewayResult<T>(otherwise, default, SwitchedOff, null));

    private static void Add(List<KeyValuePair<string, string>> form, string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            form.Add(new(name, value));
        }
    }
}
