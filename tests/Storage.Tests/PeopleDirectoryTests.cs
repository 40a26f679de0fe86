using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Storage.People;
using CentralPay.Workflows.Storage.Tests.Running;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests;

public sealed class SqlitePeopleDirectoryTests() : PeopleDirectoryTests(StorageProvider.Sqlite);

public sealed class PostgreSqlPeopleDirectoryTests() : PeopleDirectoryTests(StorageProvider.PostgreSql);

/// <summary>Who may sign in for a merchant.</summary>
public abstract class PeopleDirectoryTests(StorageProvider provider) : StorageTest(provider)
{
    [Fact]
    public async Task A_merchant_sees_its_own_people_with_their_roles_by_name_and_nobody_elses()
    {
        await AddAsync((Merchant, "Zoé Martin", "zoe@a.test", [Roles.FinanceManager, Roles.Approver]), (Merchant, "Émile Roux", "emile@a.test", []), (OtherMerchant, "Anna Berg", "anna@b.test", [Roles.Approver]));

        Assert.Equal([("Émile Roux", "emile@a.test", ""), ("Zoé Martin", "zoe@a.test", "Approver FinanceManager")], await ListAsync(Merchant));
        Assert.Equal([("Anna Berg", "anna@b.test", "Approver")], await ListAsync(OtherMerchant));
    }

    [Fact]
    public async Task A_person_without_a_name_is_listed_by_the_address_they_sign_in_with()
    {
        await AddAsync((Merchant, "", "nameless@a.test", [Roles.Viewer]));

        Assert.Equal([("nameless@a.test", "nameless@a.test", "Viewer")], await ListAsync(Merchant));
    }

    [Fact]
    public async Task Two_who_change_a_person_at_once_stop_nobody_who_writes_later()
    {
        await AddAsync((Merchant, "Zoé Martin", "zoe@a.test", [Roles.Viewer]));
        await using var first = House.Database.NewContext(new MerchantBinding());
        await using var second = House.Database.NewContext(new MerchantBinding());
        foreach (var db in (CollectionsDb[])[first, second])
        {
            var person = await db.Users.SingleAsync();
            (person.AccessFailedCount, person.ConcurrencyStamp) = (1, $"{Guid.NewGuid()}");
        }

        await first.SaveChangesAsync();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
        Assert.Throws<DbUpdateConcurrencyException>(() => second.SaveChanges());

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var lease = await House.Database.WriteAsync(patience.Token);
        Assert.NotNull(lease.Connection);
    }

    private async Task AddAsync(params (Guid Merchant, string Name, string Email, string[] Roles)[] people)
    {
        await using var db = House.Database.NewContext(new MerchantBinding());
        var roles = people.SelectMany(person => person.Roles).Distinct().ToDictionary(name => name, name => new IdentityRole<Guid>(name) { Id = Guid.CreateVersion7(), NormalizedName = name.ToUpperInvariant() });
        db.Roles.AddRange(roles.Values);
        foreach (var (merchant, name, email, held) in people)
        {
            var person = new Person { Id = Guid.CreateVersion7(), MerchantId = merchant, DisplayName = name, UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, NormalizedEmail = email.ToUpperInvariant() };
            db.Users.Add(person);
            db.UserRoles.AddRange(held.Select(role => new IdentityUserRole<Guid> { UserId = person.Id, RoleId = roles[role].Id }));
        }

        await db.SaveChangesAsync();
    }

    private async Task<IReadOnlyList<(string Name, string Email, string Roles)>> ListAsync(Guid merchant)
    {
        await using var scope = House.Open(merchant);
        var people = await scope.Services.GetRequiredService<IPeopleDirectory>().ListAsync();
        return [.. people.Select(person => (person.Name, person.Email, string.Join(' ', person.Roles)))];
    }
}
