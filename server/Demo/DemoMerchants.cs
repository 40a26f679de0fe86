using CentralPay.Workflows.Payments.Access;

namespace CentralPay.Workflows.Server.Demo;

/// <summary>Who is in the demo: two merchants, so that one can be seen not to see the other.</summary>
internal static class DemoMerchants
{
    public const string Password = "Demo-2026!";

    /// <summary>The affiliate that the scenario Marketplace split gives its tenth to.</summary>
    public const string AffiliateCode = "affilie";

    /// <summary>The affiliate's name.</summary>
    public const string AffiliateName = "Affilié SARL";

    public static IReadOnlyList<DemoMerchant> All { get; } =
    [
        new(
            new Guid("0199c0de-0000-7000-8000-000000000001"), "Maison Lumière", "maison-lumiere", "compta@maison-lumiere.test",
            [
                new("finance@demo.test", "Camille Fournier", Roles.FinanceManager),
                new("agent@demo.test", "Alex Martin", Roles.Agent),
                new("approver@demo.test", "Dominique Leroy", Roles.Approver),
                new("admin@demo.test", "Sacha Bernard", Roles.Administrator),
            ]),
        new(new Guid("0199c0de-0000-7000-8000-000000000002"), "Atelier Nord", "atelier-nord", "compta@atelier-nord.test", [new("admin@nord.test", "Lou Petit", Roles.Administrator)]),
    ];
}

/// <summary>A demo merchant.</summary>
internal sealed record DemoMerchant(Guid Id, string Name, string Slug, string SenderEmail, IReadOnlyList<DemoPerson> People)
{
    /// <summary>The wallet of the merchant's affiliate at the sandbox.</summary>
    public string AffiliateWallet => new Guid(Id.ToString()[..^2] + "aa").ToString();
}

/// <summary>Somebody who signs in to a demo merchant.</summary>
internal sealed record DemoPerson(string Email, string Name, string Role);
