using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Api;

/// <summary>A POST under the same key and with the same body is answered the first answer again, and has no second effect.</summary>
public static class IdempotenceKey
{
    public const int LongestKeyCharacters = 255;

    public static string? Read(HttpRequest request)
    {
        var key = request.Headers[UnconfirmedNames.IdempotenceKey].ToString();
        if (key.Length == 0) return null;
        return key.Length <= LongestKeyCharacters
            ? key
            : throw new ApiRefusalException(400, UnconfirmedNames.IdempotenceKey, $"at most {LongestKeyCharacters} characters");
    }

    public static async Task<ApiAnswer?> FindAsync(ApiCall call, string key, string path)
    {
        var kept = await call.Database.KeptAnswers.SingleOrDefaultAsync(a => a.AccountNumber == call.Account.Number && a.Key == key);
        if (kept is null) return null;
        if (kept.Path != path) throw Conflict($"was used before for {kept.Path}");
        var difference = call.Form.FirstDifference(kept.Form);
        return difference is null
            ? new ApiAnswer(kept.Status, kept.ContentType, kept.Body)
            : throw Conflict($"was used before with another body: {difference} differs");
    }

    /// <summary>Only a call that was carried out is kept: a refused one had no effect and may be corrected under its key.</summary>
    public static void Keep(ApiCall call, string key, string path, ApiAnswer answer) => call.Database.Add(new KeptAnswer
    {
        AccountNumber = call.Account.Number,
        Key = key,
        Path = path,
        Form = call.Form.ToText(),
        Status = answer.Status,
        ContentType = answer.ContentType,
        Body = answer.Body,
    });

    private static ApiRefusalException Conflict(string message) => new(400, UnconfirmedNames.IdempotenceKey, message);
}

/// <summary>The first answer under a key, with what was sent.</summary>
public sealed class KeptAnswer
{
    public required long AccountNumber { get; init; }
    public required string Key { get; init; }
    public required string Path { get; init; }
    public required string Form { get; init; }
    public required int Status { get; init; }
    public required string ContentType { get; init; }
    public required byte[] Body { get; init; }
}
