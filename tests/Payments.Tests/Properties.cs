using FsCheck;
using FsCheck.Fluent;

namespace CentralPay.Workflows.Payments.Tests;

/// <summary>Properties run on the same seeded cases every time; a failure shows its smallest case.</summary>
internal static class Properties
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(20261122UL, 7UL).WithMaxTest(200);

    public static void Hold<T>(Gen<T> cases, Func<T, bool> holds, int tests = 200) =>
        Check.One(Seeded.WithMaxTest(tests), Prop.ForAll(cases.ToArbitrary(), holds));
}
