using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Payments.Gateway;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Payouts at CentralPay for the merchant of the scope, one call a try: a third party's wallet by a transfer, an own account by a payout.</summary>
internal sealed class CentralPayPayouts(HttpClient client, GatewayCredentials credentials) : IPayoutGateway
{
    private readonly GatewayCall call = new(client, credentials);

    public Task<GatewayResult<GatewayPayout>> CreatePayoutAsync(NewGatewayPayout payout, string key, CancellationToken cancellationToken)
    {
        var isToWallet = payout.WalletId is not null;
        return call.ChangeAsync(PathOf(isToWallet), Form(payout), key, answer => GatewayAnswers.Payout(answer, isToWallet), cancellationToken);
    }

    public Task<GatewayResult<GatewayPayout?>> FindPayoutAsync(string merchantPayoutId, bool isToWallet, CancellationToken cancellationToken) =>
        call.FindAsync(PathOf(isToWallet), ReferenceOf(isToWallet), merchantPayoutId, answer => GatewayAnswers.Payout(answer, isToWallet), cancellationToken);

    public Task<GatewayResult<GatewayPayout>> ReadPayoutAsync(string gatewayPayoutId, bool isToWallet, CancellationToken cancellationToken) =>
        call.ReadAsync($"{PathOf(isToWallet)}/{Uri.EscapeDataString(gatewayPayoutId)}", (JsonElement answer) => GatewayAnswers.Payout(answer, isToWallet), cancellationToken);

    private static List<KeyValuePair<string, string>> Form(NewGatewayPayout payout)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("amount", payout.Amount.AmountMinor.ToString(CultureInfo.InvariantCulture)),
            new("currency", payout.Amount.Currency),
            new("description", payout.Description),
            new(ReferenceOf(payout.WalletId is not null), payout.MerchantPayoutId),
        ];
        if (payout.WalletId is { } wallet)
        {
            fields.Add(new(GatewayNames.DestinationWallet, wallet));
            return fields;
        }

        fields.Add(new(GatewayNames.PayoutIban, payout.Iban ?? ""));
        fields.Add(new(GatewayNames.PayoutHolder, payout.Name ?? ""));
        return fields;
    }

    private static string PathOf(bool isToWallet) => isToWallet ? GatewayNames.WalletTransferPath : GatewayNames.PayoutPath;

    private static string ReferenceOf(bool isToWallet) => isToWallet ? GatewayNames.MerchantTransferId : GatewayNames.MerchantPayoutId;
}
