using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.People;

/// <summary>
/// The people of the bound merchant. The tables of sign-in carry no filter, for they are read before a merchant is known:
/// here the merchant is named.
/// </summary>
internal sealed class PeopleDirectory(CollectionsDb db) : IPeopleDirectory
{
    public async ValueTask<IReadOnlyList<ListedPerson>> ListAsync(CancellationToken cancellationToken = default)
    {
        var merchantId = db.BoundMerchantId;
        var people = await db.Users.AsNoTracking()
            .Where(person => person.MerchantId == merchantId)
            .Select(person => new { person.Id, person.DisplayName, person.Email, person.UserName })
            .ToListAsync(cancellationToken);
        var held = await (
            from person in db.Users
            where person.MerchantId == merchantId
            join link in db.UserRoles on person.Id equals link.UserId
            join role in db.Roles on link.RoleId equals role.Id
            select new { PersonId = person.Id, role.Name }).ToListAsync(cancellationToken);
        var roles = held.ToLookup(one => one.PersonId, one => one.Name ?? "");

        // Ordered here: databases disagree on where an accented or a small letter stands.
        return
        [
            .. people
                .Select(person => new ListedPerson(
                    string.IsNullOrWhiteSpace(person.DisplayName) ? person.Email ?? person.UserName ?? "" : person.DisplayName,
                    person.Email ?? person.UserName ?? "",
                    [.. roles[person.Id].Order(StringComparer.Ordinal)]))
                .OrderBy(person => person.Name, StringComparer.InvariantCultureIgnoreCase)
                .ThenBy(person => person.Email, StringComparer.Ordinal),
        ];
    }
}
