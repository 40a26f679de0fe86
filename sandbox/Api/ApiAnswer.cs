using System.Text.Json;

namespace CentralPay.Workflows.Sandbox.Api;

/// <summary>What a call is answered: a status, and a body already written out so that it can be kept and repeated to the byte.</summary>
public sealed record ApiAnswer(int Status, string ContentType, byte[] Body)
{
    public static ApiAnswer Ok(object value) => Json(200, value);

    public static ApiAnswer Errors(int status, IReadOnlyDictionary<string, string> errors) => Json(status, new { errors });

    public static ApiAnswer Error(int status, string field, string message) => Errors(status, new Dictionary<string, string> { [field] = message });

    private static ApiAnswer Json(int status, object value) =>
        new(status, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(value, AnswerJson.Options));
}

/// <summary>The call is refused and changes nothing; carries the errors map of the answer.</summary>
public sealed class ApiRefusalException(int status, IReadOnlyDictionary<string, string> errors) : Exception("The call is refused.")
{
    public ApiRefusalException(int status, string field, string message) : this(status, new Dictionary<string, string> { [field] = message })
    {
    }

    public ApiAnswer Answer => ApiAnswer.Errors(status, errors);

    /// <summary>Unknown, or another account's: the two look alike on purpose.</summary>
    public static ApiRefusalException NotFound(string field) => new(404, field, "unknown object");
}
