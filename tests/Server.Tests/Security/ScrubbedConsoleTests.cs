using CentralPay.Workflows.Server.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralPay.Workflows.Server.Tests.Security;

public sealed class ScrubbedConsoleTests
{
    [Fact]
    public void A_card_number_never_stands_in_the_log()
    {
        using var written = new StringWriter();
        var entry = new LogEntry<string>(LogLevel.Error, "Gateway", default, "refused 4556 5579 5572 6624", new InvalidOperationException("card 4556557955726624"), (state, _) => state);
        new ScrubbedConsole().Write(entry, null, written);
        Assert.DoesNotContain("4556", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("6624", written.ToString(), StringComparison.Ordinal);
    }
}
