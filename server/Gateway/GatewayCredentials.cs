using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Security;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>The login of the scope's merchant at the gateway.</summary>
internal sealed class GatewayCredentials(IMerchantRecords records, MerchantSecrets secrets)
{
    public async ValueTask<(string Login, string Password)?> FindAsync(CancellationToken cancellationToken) =>
        await records.FindAsync<Merchant>(records.MerchantId, cancellationToken) is { GatewayLogin: { Length: > 0 } login } merchant
        && secrets.Unprotect(merchant.GatewayPasswordProtected) is { } password
            ? (login, password)
            : null;
}
