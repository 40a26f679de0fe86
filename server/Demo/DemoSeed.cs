using System.Security.Cryptography;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Callbacks;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.SandboxProcess;
using CentralPay.Workflows.Server.Security;
using CentralPay.Workflows.Storage.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Demo;

/// <summary>Creates the demo merchants where they are missing, and opens their accounts at the sandbox. A second start changes nothing.</summary>
internal sealed class DemoSeed(
    IMerchantDirectory directory, IMerchantScopes scopes, IServiceScopeFactory services, MerchantSecrets secrets, SandboxClient sandbox,
    IOptions<SandboxRunOptions> sandboxRun)
{
    // Cases of one import come to their reminder one after the other: those of one customer wait for each other.
    private const int GatherMinutes = 15;

    public async Task RunAsync(string ownAddress, CancellationToken cancellationToken)
    {
        await SeedRolesAsync();
        foreach (var demo in DemoMerchants.All)
        {
            if (await directory.FindBySlugAsync(demo.Slug, cancellationToken) is null)
            {
                await CreateAsync(demo, cancellationToken);
            }

            await SeedPeopleAsync(demo);
            await using var scope = scopes.Open(demo.Id, Actor.System);
            await PublishScenariosAsync(scope.Services.GetRequiredService<ScenarioLibrary>(), cancellationToken);
            await RegisterAtSandboxAsync(demo, ownAddress, cancellationToken);
            await AddAffiliateAsync(demo, cancellationToken);
        }
    }

    private async Task CreateAsync(DemoMerchant demo, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Open(demo.Id, Actor.System);
        scope.Records.Add(new Merchant
        {
            Id = demo.Id,
            MerchantId = demo.Id,
            Name = demo.Name,
            Slug = demo.Slug,
            SenderEmail = demo.SenderEmail,
            DefaultScenarioId = ReadyMadeScenarios.SoftDunningId,
            AcceptsDirectDebit = true,
            GatherMinutes = GatherMinutes,
            GatewayLogin = demo.Slug,
            GatewayPasswordProtected = secrets.Protect(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))),
            GatewayWebhookSecretProtected = secrets.Protect(CallbackSecret.New()),
        });
        await scope.Records.CommitAsync(cancellationToken);
    }

    private static async Task PublishScenariosAsync(ScenarioLibrary library, CancellationToken cancellationToken)
    {
        foreach (var id in ReadyMadeScenarios.Ids)
        {
            if (await library.GetAsync(id, null, cancellationToken) is null)
            {
                var draft = await library.ImportAsync(ReadyMadeScenarios.Json(id), Actor.System.Name, cancellationToken);
                await library.PublishAsync(id, draft.Revision, null, Actor.System.Name, Actor.System.Id, cancellationToken);
            }
        }
    }

    private async Task RegisterAtSandboxAsync(DemoMerchant demo, string ownAddress, CancellationToken cancellationToken)
    {
        if (!sandboxRun.Value.Run)
        {
            return;
        }

        await using var scope = scopes.Open(demo.Id, Actor.System);
        var merchant = await scope.Records.FindAsync<Merchant>(demo.Id, cancellationToken);
        if (merchant is { GatewayLogin: { } login } && secrets.Unprotect(merchant.GatewayPasswordProtected) is { } password
            && secrets.Unprotect(merchant.GatewayWebhookSecretProtected) is { } webhookSecret)
        {
            await sandbox.RegisterAsync(login, new SandboxAccount(password, $"{ownAddress}/webhooks/gateway/{demo.Slug}", webhookSecret, demo.Name), cancellationToken);
        }
    }

    private async Task AddAffiliateAsync(DemoMerchant demo, CancellationToken cancellationToken)
    {
        if (sandboxRun.Value.Run)
        {
            await sandbox.RegisterWalletAsync(demo.AffiliateWallet, DemoMerchants.AffiliateName, cancellationToken);
        }

        await using var scope = scopes.Open(demo.Id, Actor.System);
        if ((await scope.Records.ListAsync<Beneficiary>(beneficiary => beneficiary.Code == DemoMerchants.AffiliateCode, 1, cancellationToken)).Count > 0)
        {
            return;
        }

        await scope.Services.GetRequiredService<BeneficiaryDesk>().AddAsync(
            new BeneficiaryDetails
            {
                Code = DemoMerchants.AffiliateCode,
                Name = DemoMerchants.AffiliateName,
                Kind = BeneficiaryKind.ThirdParty,
                Way = PayoutWay.Gateway,
                WalletReference = demo.AffiliateWallet,
                Schedule = PayoutSchedule.EachShare,
            },
            cancellationToken);
    }

    private async Task SeedRolesAsync()
    {
        await using var scope = services.CreateAsyncScope();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        foreach (var role in Permissions.OfRole.Keys)
        {
            if (!await roles.RoleExistsAsync(role))
            {
                Check(await roles.CreateAsync(new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7() }));
            }
        }
    }

    private async Task SeedPeopleAsync(DemoMerchant demo)
    {
        await using var scope = services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        foreach (var someone in demo.People)
        {
            if (await people.FindByNameAsync(someone.Email) is not null)
            {
                continue;
            }

            var person = new Person { Id = Guid.CreateVersion7(), UserName = someone.Email, Email = someone.Email, EmailConfirmed = true, MerchantId = demo.Id, DisplayName = someone.Name };
            Check(await people.CreateAsync(person, DemoMerchants.Password));
            Check(await people.AddToRoleAsync(person, someone.Role));
        }
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"The demo people could not be created: {string.Join("; ", result.Errors.Select(error => error.Description))}");
        }
    }
}
