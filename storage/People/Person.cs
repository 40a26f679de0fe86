using Microsoft.AspNetCore.Identity;

namespace CentralPay.Workflows.Storage.People;

/// <summary>Somebody who signs in, for one merchant. User names are unique over all merchants, so that signing in needs no other word.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>The merchant the person works for.</summary>
    public Guid MerchantId { get; set; }

    /// <summary>The name colleagues see.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The language of the person's screens, ISO 639-1; null for the browser's.</summary>
    public string? Language { get; set; }
}
