using System.Security.Claims;
using CentralPay.Workflows.Storage.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Security;

/// <summary>What a signed-in person's cookie says: the merchant, the name, the roles.</summary>
internal sealed class PersonClaims(UserManager<Person> people, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Person, IdentityRole<Guid>>(people, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var claims = await base.GenerateClaimsAsync(user);
        claims.AddClaim(new Claim(Caller.MerchantClaim, user.MerchantId.ToString()));
        claims.AddClaim(new Claim(Caller.NameClaim, user.DisplayName));
        if (user.Language is { Length: > 0 } language)
        {
            claims.AddClaim(new Claim(Caller.LanguageClaim, language));
        }

        return claims;
    }
}
