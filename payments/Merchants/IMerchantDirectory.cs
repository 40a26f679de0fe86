using CentralPay.Workflows.Payments.Access;

namespace CentralPay.Workflows.Payments.Merchants;

/// <summary>
/// The few look-ups that cross merchants: whose is this address, this link, this key? Each answers one merchant, found by
/// something that is unique over all of them.
/// </summary>
public interface IMerchantDirectory
{
    /// <summary>All merchants, for recurring work.</summary>
    ValueTask<IReadOnlyList<Guid>> AllAsync(CancellationToken cancellationToken = default);

    /// <summary>The merchant with the short name, or null.</summary>
    ValueTask<Guid?> FindBySlugAsync(string slug, CancellationToken cancellationToken = default);

    /// <summary>The merchant whose payment request has the link, or null.</summary>
    ValueTask<Guid?> FindByLinkTokenAsync(string linkToken, CancellationToken cancellationToken = default);

    /// <summary>The key with the prefix, or null; the caller compares its hash.</summary>
    ValueTask<ApiKey?> FindApiKeyAsync(string prefix, CancellationToken cancellationToken = default);
}
