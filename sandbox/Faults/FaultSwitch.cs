namespace CentralPay.Workflows.Sandbox.Faults;

/// <summary>What goes wrong. Before and After: before or after the effect was committed.</summary>
public enum FaultKind
{
    /// <summary>Answers 500; no effect.</summary>
    Error500,

    /// <summary>Answers 403; no effect.</summary>
    Error403,

    /// <summary>No effect, and no answer until the client gives up (60 s at most).</summary>
    TimeoutBefore,

    /// <summary>The effect, but no answer until the client gives up (60 s at most).</summary>
    TimeoutAfter,

    /// <summary>The connection breaks at once; no effect.</summary>
    DropBefore,

    /// <summary>The effect; the connection breaks in the middle of the answer.</summary>
    DropAfter,

    /// <summary>Answers correctly, after a delay.</summary>
    Slow,

    /// <summary>A webhook is sent twice under one id.</summary>
    DuplicateWebhook,

    /// <summary>Webhooks that are due together are sent newest first.</summary>
    ReverseWebhooks,

    /// <summary>A webhook's attempt is signed with a wrong secret.</summary>
    BadSignature,

    /// <summary>A webhook is held until the faults are deleted, or the sandbox starts again.</summary>
    WebhookHold,
}

/// <summary>A fault to come: where, what, how many times more.</summary>
public sealed class FaultSwitch
{
    public const int DefaultDelayMilliseconds = 1000;
    public const int LongestDelayMilliseconds = 60_000;

    /// <summary>Method and path, <c>*</c> for any one segment: <c>POST /v2/rest/paymentRequest/*/cancel</c>. Null for webhook faults.</summary>
    public string? Match { get; init; }

    public required FaultKind Fault { get; init; }
    public required int Times { get; set; }
    public int DelayMilliseconds { get; init; } = DefaultDelayMilliseconds;

    public bool Matches(string method, string path)
    {
        if (Match is not { } match) return false;
        var space = match.IndexOf(' ', StringComparison.Ordinal);
        if (!match[..space].Equals(method, StringComparison.OrdinalIgnoreCase)) return false;
        var wanted = match[(space + 1)..].Split('/');
        var given = path.Split('/');
        return wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First is "*" || pair.First == pair.Second);
    }
}

/// <summary>A fault as a test orders it; its name still as text, so that a wrong one gets a clear answer.</summary>
public sealed record FaultOrder(string? Match, string? Fault, int? Times, int? DelayMilliseconds)
{
    public FaultKind? Kind => Enum.TryParse<FaultKind>(Fault, out var kind) && Enum.IsDefined(kind) ? kind : null;

    /// <summary>What is wrong, naming the field; null when it can be switched on.</summary>
    public string? Problem() => this switch
    {
        { Kind: null } => $"fault: one of {string.Join(", ", Enum.GetNames<FaultKind>())} is required.",
        { Times: < 1 or > 100_000 } => "times: 1 to 100000.",
        { DelayMilliseconds: < 0 or > FaultSwitch.LongestDelayMilliseconds } => $"delayMilliseconds: 0 to {FaultSwitch.LongestDelayMilliseconds}.",
        { Kind: < FaultKind.DuplicateWebhook, Match: null } => "match: a method and a path are required, for example POST /v2/rest/paymentRequest.",
        { Match: { } match } when match.Split(' ') is not [{ Length: > 0 }, ['/', ..]] => "match: a method, one space and a path are required, for example POST /v2/rest/paymentRequest.",
        _ => null,
    };
}
