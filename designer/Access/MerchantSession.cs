using System.Security.Claims;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using Microsoft.AspNetCore.Components.Authorization;

namespace CentralPay.Workflows.Designer.Access;

/// <summary>
/// Who works in this circuit, for which merchant. Pages keep no scope open: each operation runs in a fresh one, bound to
/// the merchant and the person, and what it did is committed or gone when it ends.
/// </summary>
public sealed class MerchantSession(AuthenticationStateProvider authentication, IMerchantScopes scopes)
{
    private Task<Person>? person;

    /// <summary>The merchant's own data, once <see cref="OpenAsync"/> has read it.</summary>
    public Merchant? Merchant { get; private set; }

    /// <summary>Where the merchant's days begin; UTC before the session is open.</summary>
    public TimeZoneInfo TimeZone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>The currency of the merchant's books.</summary>
    public string Currency => Merchant?.Currency ?? "EUR";

    /// <summary>Who is signed in; refused with <see cref="AccessDeniedException"/> when nobody is.</summary>
    public Task<Person> PersonAsync() => person ??= ReadAsync();

    /// <summary>Reads the merchant once for the circuit.</summary>
    public async Task OpenAsync()
    {
        if (Merchant is not null)
        {
            return;
        }

        var who = await PersonAsync();
        Refresh(await RunAsync(services => services.GetMerchantAsync(who.MerchantId)));
    }

    /// <summary>Takes over what was changed about the merchant.</summary>
    public void Refresh(Merchant merchant)
    {
        ArgumentNullException.ThrowIfNull(merchant);
        Merchant = merchant;
        TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(merchant.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
    }

    /// <summary>Whether the person may do what needs the permission; pages hide what is not allowed, the domain refuses it.</summary>
    public async Task<bool> MayAsync(string permission) => (await PersonAsync()).Actor.Permissions.Contains(permission);

    /// <summary>Does one operation in a scope of its own.</summary>
    public async Task<T> RunAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var who = await PersonAsync();
        await using var scope = scopes.Open(who.MerchantId, who.Actor);
        return await work(scope.Services);
    }

    /// <inheritdoc cref="RunAsync{T}" />
    public Task RunAsync(Func<IServiceProvider, Task> work) => RunAsync(async services =>
    {
        await work(services);
        return true;
    });

    private async Task<Person> ReadAsync()
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (user.Identity?.IsAuthenticated != true || !Guid.TryParse(user.FindFirstValue("merchant"), out var merchantId))
        {
            throw new AccessDeniedException(Permissions.Read);
        }

        var roles = user.FindAll(ClaimTypes.Role).Select(role => role.Value).ToArray();
        return new Person(
            merchantId,
            new Actor
            {
                Id = user.FindFirstValue(ClaimTypes.NameIdentifier) ?? user.FindFirstValue("sub") ?? user.Identity.Name ?? "",
                Name = user.FindFirstValue("name") ?? user.Identity.Name ?? "",
                Permissions = roles.SelectMany(role => Permissions.OfRole.GetValueOrDefault(role) ?? []).ToHashSet(),
            },
            user.FindFirstValue(ClaimTypes.Email) ?? user.Identity.Name ?? "",
            roles);
    }
}

/// <summary>A signed-in person.</summary>
/// <param name="MerchantId">The merchant they work for.</param>
/// <param name="Actor">Who they are to the domain.</param>
/// <param name="Email">The address they signed in with.</param>
/// <param name="Roles">Their roles (<see cref="Roles"/>).</param>
public sealed record Person(Guid MerchantId, Actor Actor, string Email, IReadOnlyList<string> Roles);
