using System.Text.Json;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Server.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CentralPay.Workflows.Server.Tests.Logs;

public sealed class ConsoleTests
{
    private static readonly Guid Case = Guid.Parse("01936f2e-5b7c-7000-8000-000000000001");
    private static readonly Guid Merchant = Guid.Parse("01936f2e-5b7c-7000-8000-000000000002");

    [Theory]
    [InlineData("refused 4556 5579 5572 6624", "refused •••• •••• •••• 6624")]
    [InlineData("debtor FR76 3000 6000 0112 3456 7890 189 unknown", "debtor •••0189 unknown")]
    [InlineData("IBAN FR7630006000011234567890189 EUR 12.00", "IBAN •••0189 EUR 12.00")]
    [InlineData("RF18 5390 0754 7034 FR76 3000 6000 0112 3456 7890 189 COBADEFF", "RF18 5390 0754 7034 •••0189 COBADEFF")]
    [InlineData("ID42 DE89370400440532013000", "ID42 •••3000")]
    [InlineData("no mailbox <zoe.lambert@maison.example>", "no mailbox <•••@•••>")]
    [InlineData("SMS to +33 6 12 34 56 78 refused", "SMS to +••• refused")]
    [InlineData("To:+33612345678, tel +33 (0)6 12 34 56 78", "To:+•••, tel +•••")]
    [InlineData("call 06 12 34 56 78 or 0612345678.", "call 0••• or 0•••.")]
    [InlineData("05/01/2026 08:30, 09/26/2026 12:40:11 +00:00, 05.01.2026 08:30", "05/01/2026 08:30, 09/26/2026 12:40:11 +00:00, 05.01.2026 08:30")]
    [InlineData("reference RF18 5390 0754 7034 at 12:00:01.123+01:00", "reference RF18 5390 0754 7034 at 12:00:01.123+01:00")]
    [InlineData("case 01936f2e-5b7c-7000-8000-000000000001 on http://localhost:5080/api/v1", "case 01936f2e-5b7c-7000-8000-000000000001 on http://localhost:5080/api/v1")]
    public void What_tells_of_a_person_never_stands_in_a_log_of_either_form(string text, string masked)
    {
        var failure = new InvalidOperationException(text);
        Assert.Contains(masked, Written(new TextConsole(), log => log.LogError(failure, "{What}", text)), StringComparison.Ordinal);
        var json = Json(log => log.LogError(failure, "{What}", text));
        Assert.Equal(masked, json.GetProperty("message").GetString());
        Assert.Equal(masked, json.GetProperty("values").GetProperty("What").GetString());
        Assert.Contains(masked, json.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_for_collectors_is_one_object_with_its_case_and_merchant()
    {
        var json = Json(log =>
        {
            using var request = log.BeginScope(new Dictionary<string, object?> { ["RequestPath"] = "/pay/secret-link" });
            using var about = EngineLog.About(log, Merchant, Case);
            log.LogWarning("Tried {Times} times", 3);
        });
        Assert.Equal(["time", "level", "category", "message", "case", "merchant", "values"], json.EnumerateObject().Select(part => part.Name));
        Assert.Equal(("Warning", "Tried 3 times", Case, Merchant, "3"), (
            json.GetProperty("level").GetString(), json.GetProperty("message").GetString(),
            json.GetProperty("case").GetGuid(), json.GetProperty("merchant").GetGuid(), json.GetProperty("values").GetProperty("Times").GetString()));
    }

    [Fact]
    public void A_line_outside_of_cases_says_its_merchant_alone_and_one_of_nobody_neither()
    {
        var merchants = Json(log =>
        {
            using var about = EngineLog.About(log, Merchant, null);
            log.LogWarning("Here");
        });
        var nobodys = Json(log => log.LogWarning("Here"));
        Assert.Equal(Merchant, merchants.GetProperty("merchant").GetGuid());
        Assert.False(merchants.TryGetProperty("case", out _));
        Assert.False(nobodys.TryGetProperty("merchant", out _));
    }

    [Fact]
    public void A_line_for_people_names_the_case_once()
    {
        var written = Written(new TextConsole(), log =>
        {
            using var about = EngineLog.About(log, Merchant, Case);
            log.LogWarning("Tried again");
            log.LogWarning("The case {CaseId} failed", Case);
        });
        Assert.Equal(2, written.Split(Case.ToString()).Length - 1);
        Assert.Contains($"Tried again (case {Case})", written, StringComparison.Ordinal);
    }

    private static JsonElement Json(Action<ILogger> write) => JsonDocument.Parse(Written(new JsonConsole(), write)).RootElement;

    private static string Written(ConsoleFormatter form, Action<ILogger> write)
    {
        using var written = new StringWriter();
        write(new Line(form, written));
        return written.ToString();
    }

    /// <summary>A logger as the console's: scopes, a form, and a writer.</summary>
    private sealed class Line(ConsoleFormatter form, TextWriter written) : ILogger
    {
        private readonly LoggerExternalScopeProvider scopes = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            form.Write(new LogEntry<TState>(logLevel, "Here", eventId, state, exception, formatter), scopes, written);
    }
}
