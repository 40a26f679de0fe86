using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>JSON callbacks in a merchant's own form.</summary>
internal static class CallbackText
{
    /// <summary>The values that a callback may show: those of messages, and what happened.</summary>
    internal static Dictionary<string, object?> CallbackValues(this MessageFacts facts, string eventType, DateTimeOffset now)
    {
        var values = facts.Values("en");
        values["event"] = new Dictionary<string, object?> { ["type"] = eventType, ["at"] = now.ToString("O", CultureInfo.InvariantCulture) };
        return values;
    }

    /// <summary>The document as it is sent; throws <see cref="RuleViolationException"/> with the line where it is no JSON.</summary>
    internal static string Parse(string document)
    {
        try
        {
            using var parsed = JsonDocument.Parse(document);
            return document;
        }
        catch (JsonException broken)
        {
            throw RuleViolationException.Of(
                "text", RuleCodes.TemplateJson,
                ("line", ((broken.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture)), ("reason", broken.Message.Split(" LineNumber:", 2)[0]));
        }
    }
}
