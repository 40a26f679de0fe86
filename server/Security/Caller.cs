using System.Security.Claims;
using CentralPay.Workflows.Payments.Access;

namespace CentralPay.Workflows.Server.Security;

/// <summary>Who calls, for which merchant, as the claims of a cookie or API key say.</summary>
internal sealed record Caller(Guid MerchantId, Actor Actor)
{
    /// <summary>The claim with the merchant's id.</summary>
    public const string MerchantClaim = "merchant";

    /// <summary>The claim with the name shown to people.</summary>
    public const string NameClaim = "name";

    /// <summary>The claim with one permission of an API key.</summary>
    public const string PermissionClaim = "permission";

    /// <summary>The claim with who issued an API key.</summary>
    public const string IssuerClaim = "issued-by";

    /// <summary>The claim with the language of a person's screens.</summary>
    public const string LanguageClaim = "language";

    /// <summary>The caller, or null when nobody is signed in.</summary>
    public static Caller? Of(ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true || !Guid.TryParse(user.FindFirstValue(MerchantClaim), out var merchantId))
        {
            return null;
        }

        var ofRoles = user.FindAll(ClaimTypes.Role).SelectMany(role => Permissions.OfRole.GetValueOrDefault(role.Value) ?? []);
        return new Caller(merchantId, new Actor
        {
            Id = user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "",
            Name = user.FindFirstValue(NameClaim) ?? "",
            IssuedBy = user.FindFirstValue(IssuerClaim),
            Permissions = ofRoles.Concat(user.FindAll(PermissionClaim).Select(claim => claim.Value)).ToHashSet(StringComparer.Ordinal),
        });
    }
}
