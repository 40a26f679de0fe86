using System.Runtime;

namespace CentralPay.Workflows.Benchmarks.Measuring;

/// <summary>Waits until the runtime has done compiling what runs: on two cores that takes half of them at first, and nothing after a minute of real use.</summary>
internal static class Compiling
{
    private const double Rest = 0.05;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    /// <summary>Done when compiling took less than a twentieth of a core for two seconds on end, or after 40 seconds.</summary>
    /// <param name="pass">Lets a time pass while the work runs.</param>
    public static async Task RestsAsync(Func<TimeSpan, Task> pass)
    {
        var quiet = 0;
        for (var passed = TimeSpan.Zero; passed < Longest && quiet < 2; passed += Look)
        {
            var before = JitInfo.GetCompilationTime();
            await pass(Look);
            quiet = (JitInfo.GetCompilationTime() - before) < Look * Rest ? quiet + 1 : 0;
        }
    }
}
