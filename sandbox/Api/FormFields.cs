using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace CentralPay.Workflows.Sandbox.Api;

/// <summary>The fields of a call. Problems are gathered while reading, so that one answer names them all.</summary>
public sealed class FormFields(IReadOnlyDictionary<string, StringValues> fields)
{
    private readonly Dictionary<string, string> _errors = [];

    /// <summary>Reads a urlencoded or multipart body; no body is an empty form.</summary>
    public static async Task<FormFields> ReadAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            try
            {
                var form = await request.ReadFormAsync();
                return new FormFields(form.ToDictionary(StringComparer.Ordinal));
            }
            catch (InvalidDataException damaged)
            {
                throw new ApiRefusalException(400, "body", damaged.Message);
            }
        }
        if (request.ContentLength is > 0 || request.ContentType is not null)
            throw new ApiRefusalException(400, "Content-Type", "application/x-www-form-urlencoded or multipart/form-data is required");
        return new FormFields(new Dictionary<string, StringValues>());
    }

    public void Refuse(string field, string rule) => _errors.TryAdd(field, rule);

    public void ThrowIfRefused()
    {
        if (_errors.Count > 0) throw new ApiRefusalException(400, _errors);
    }

    public string? Text(string field, int longest = 255)
    {
        if (!fields.TryGetValue(field, out var values) || values.ToString() is not { Length: > 0 } text) return null;
        if (text.Length > longest) Refuse(field, $"at most {longest} characters");
        return text;
    }

    public IReadOnlyList<string> List(string field) =>
        [.. (fields.TryGetValue(field + "[]", out var values) ? values : StringValues.Empty).OfType<string>().Where(value => value.Length > 0)];

    public long? Cents(string field)
    {
        if (Text(field) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cents) && cents is > 0 and <= PaymentRequests.Amounts.LargestCents) return cents;
        Refuse(field, PaymentRequests.Amounts.Rule);
        return null;
    }

    public DateTimeOffset? Instant(string field)
    {
        if (Text(field) is not { } text) return null;
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return instant.ToUniversalTime();
        Refuse(field, "an ISO 8601 date-time with offset is required, for example 2026-03-12T09:00:00.000000+01:00");
        return null;
    }

    public Guid? Uuid(string field)
    {
        if (Text(field) is not { } text) return null;
        if (Guid.TryParse(text, out var uuid)) return uuid;
        Refuse(field, "a UUID is required");
        return null;
    }

    public bool? Flag(string field)
    {
        switch (Text(field))
        {
            case null: return null;
            case "1" or "true": return true;
            case "0" or "false": return false;
            default:
                Refuse(field, "1, 0, true or false is required");
                return null;
        }
    }

    public string? HttpAddress(string field)
    {
        if (Text(field, 2048) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return text;
        Refuse(field, "an absolute http or https address is required");
        return null;
    }

    /// <summary>All fields as text, in a fixed order, to compare a repeated call with the first.</summary>
    public string ToText() => JsonSerializer.Serialize(
        fields.OrderBy(field => field.Key, StringComparer.Ordinal).ToDictionary(field => field.Key, field => field.Value.ToArray()));

    /// <summary>The first field that differs from an earlier call's, null when none does.</summary>
    public string? FirstDifference(string earlier)
    {
        var before = JsonSerializer.Deserialize<Dictionary<string, string?[]>>(earlier)!;
        return before.Keys.Union(fields.Keys).Order(StringComparer.Ordinal).FirstOrDefault(
            name => !(before.GetValueOrDefault(name) ?? []).SequenceEqual(fields.TryGetValue(name, out var values) ? [.. values] : []));
    }
}
