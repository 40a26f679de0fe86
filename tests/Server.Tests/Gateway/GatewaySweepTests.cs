using CentralPay.Workflows.Server.Gateway;

namespace CentralPay.Workflows.Server.Tests.Gateway;

/// <summary>Which of the quiet payment requests are asked about on which day.</summary>
public sealed class GatewaySweepTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(120)]
    [InlineData(599)]
    [InlineData(10_000)]
    public void Every_quiet_request_is_asked_about_within_days_and_none_twice_on_a_day(int count)
    {
        var random = new Random(7);
        var all = Enumerable.Range(0, count).Select(_ => { var id = new byte[16]; random.NextBytes(id); return new Guid(id); }).ToArray();
        for (var first = 739_000; first < 739_010; first++)
        {
            var asked = new HashSet<Guid>();
            for (var day = first; day < first + 3; day++)
            {
                var today = GatewaySweep.OfToday(all, id => id, day).ToArray();
                Assert.InRange(today.Length, 0, Math.Max(50, count / 2));
                asked.UnionWith(today);

                // Whether others were paid meanwhile changes nobody's turn.
                Assert.All(GatewaySweep.OfToday(all[..(count * 9 / 10)], id => id, day), id => Assert.True(count <= 55 || today.Contains(id)));
            }

            Assert.Equal(count, asked.Count);
        }
    }
}
