using System.Diagnostics;

namespace CentralPay.Workflows.EndToEnd.Running;

/// <summary>Looks again and again until something is so, as a person watching would; fails with what it saw last.</summary>
internal static class Eventually
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    public static async Task<T> AnswersAsync<T>(string what, Func<Task<T>> look, Func<T, bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(BetweenLooks);
        while (true)
        {
            var seen = await look();
            if (isSo(seen))
            {
                return seen;
            }

            Assert.True(watch.Elapsed < AtMost, $"{what}: not so after {AtMost.TotalSeconds} s; last seen: {(seen is System.Collections.ICollection rows ? $"{rows.Count} rows" : seen)}");
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task IsSoAsync(string what, Func<Task<bool>> look) => AnswersAsync(what, look, seen => seen);
}
