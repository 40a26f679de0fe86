using System.Text.Json;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Server.Problems;

/// <summary>Which field of a request could not be read, and why: the host tells it in words of its own, for programmers.</summary>
internal static partial class UnreadableRequest
{
    private const string Body = "body";

    /// <summary>Something of the request cannot be read, and nothing says what.</summary>
    public static RuleViolation Unknown { get; } = RuleViolation.Of("request", "value-unreadable");

    /// <summary>The rule that the request breaks.</summary>
    public static RuleViolation Of(BadHttpRequestException unreadable)
    {
        ArgumentNullException.ThrowIfNull(unreadable);
        return unreadable.InnerException is JsonException json ? OfJson(json) : OfParameter(unreadable.Message);
    }

    // Text that is no JSON has the reader's own exception inside; a value of another kind has none, and a place.
    private static RuleViolation OfJson(JsonException json)
    {
        var field = (json.Path ?? "").TrimStart('$').TrimStart('.');
        return json.InnerException is JsonException || field.Length == 0
            ? RuleViolation.Of(Body, "json-invalid")
            : RuleViolation.Of(field, "value-unreadable");
    }

    private static RuleViolation OfParameter(string message)
    {
        if (message.StartsWith("Implicit body", StringComparison.Ordinal) || message.Contains("from body", StringComparison.Ordinal))
        {
            return RuleViolation.Of(Body, RuleCodes.Required);
        }

        return Parameter().Match(message) is { Success: true } found
            ? RuleViolation.Of(found.Groups["name"].Value, message.StartsWith("Required", StringComparison.Ordinal) ? RuleCodes.Required : "value-unreadable")
            : Unknown;
    }

    // parameter "Nullable<int> from"
    [GeneratedRegex("""parameter "(?:[^"]* )?(?<name>\w+)\x22""", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
