using System.Buffers.Text;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Server.Api;

/// <summary>One page of a list, newest first, and where the next one begins.</summary>
/// <param name="Data">The rows.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);

/// <summary>Reads and writes cursors.</summary>
internal static class Paging
{
    private const int UsualLimit = 50;
    private const int MostLimit = 200;
    private const int CursorBytes = 16;

    /// <summary>A page of one merchant's rows.</summary>
    public static async Task<Page<TShown>> PageAsync<TRow, TShown>(
        this IMerchantRecords records, System.Linq.Expressions.Expression<Func<TRow, bool>> where, string? cursor, int? limit, Func<TRow, TShown> show, CancellationToken cancellationToken)
        where TRow : class, IMerchantRecord
    {
        var (before, size) = Read(cursor, limit);
        var rows = await records.PageAsync(where, before, size + 1, cancellationToken);
        return Of(rows, size, row => row.Id, show);
    }

    /// <summary>What the caller asked for; throws <see cref="RuleViolationException"/> for what no list answered.</summary>
    public static (Guid? Before, int Limit) Read(string? cursor, int? limit)
    {
        if (limit is < 1 or > MostLimit)
        {
            throw RuleViolationException.Of("limit", "limit-out-of-range");
        }

        if (string.IsNullOrEmpty(cursor))
        {
            return (null, limit ?? UsualLimit);
        }

        Span<byte> bytes = stackalloc byte[CursorBytes];
        return cursor.Length <= CursorBytes * 2 && Base64Url.TryDecodeFromChars(cursor, bytes, out var written) && written == CursorBytes
            ? (new Guid(bytes, bigEndian: true), limit ?? UsualLimit)
            : throw RuleViolationException.Of("cursor", "cursor-invalid");
    }

    /// <summary>The page of rows of which one more than its size was asked for.</summary>
    public static Page<TShown> Of<TRow, TShown>(IReadOnlyList<TRow> rows, int size, Func<TRow, Guid> idOf, Func<TRow, TShown> show) =>
        new([.. rows.Take(size).Select(show)], rows.Count > size ? CursorOf(idOf(rows[size - 1])) : null);

    /// <summary>The cursor of the page that begins after a row.</summary>
    public static string CursorOf(Guid last) => Base64Url.EncodeToString(last.ToByteArray(bigEndian: true));

    /// <summary>A word of an enumeration, or null for none; throws <see cref="RuleViolationException"/> for an unknown one.</summary>
    public static T? Word<T>(string? text, string field) where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()) == text)
            {
                return value;
            }
        }

        var known = Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName);
        throw RuleViolationException.Of(field, field == "status" ? "status-unknown" : "word-unknown", ("values", string.Join(", ", known)));
    }
}
