using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Payments.Callbacks;

/// <summary>
/// What a receiver knows a callback by: the same over all its tries, and over every time it is sent again by hand, so that
/// whoever took it before can pass it over (Standard Webhooks, <c>webhook-id</c>).
/// </summary>
public static class CallbackIdentity
{
    private const string Replay = "replay/";
    private const int IdCharacters = 32;

    /// <summary>The key of a callback that is sent again as a new effect.</summary>
    /// <param name="sent">The callback that was sent before, itself perhaps sent again.</param>
    /// <param name="again">The identity of the new effect.</param>
    public static string ReplayKey(Effect sent, Guid again) => $"{Replay}{OriginalOf(sent):N}/{again:N}";

    /// <summary>The callback that was first sent: the effect itself, unless it is a repetition.</summary>
    public static Guid OriginalOf(Effect callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return callback.Key.StartsWith(Replay, StringComparison.Ordinal)
            && callback.Key.Length >= Replay.Length + IdCharacters
            && Guid.TryParseExact(callback.Key.AsSpan(Replay.Length, IdCharacters), "N", out var original)
                ? original
                : callback.Id;
    }
}
