using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Server.Logs;

/// <summary>Which case, of which merchant, a line of the log is about: from the scopes that it was written in.</summary>
internal readonly record struct LogSubject(Guid? Case, Guid? Merchant)
{
    /// <summary>What the scopes say; the innermost counts. Scopes hold paths and addresses too: nothing else of them is read.</summary>
    public static LogSubject Of(IExternalScopeProvider? scopes)
    {
        var found = new Found();
        scopes?.ForEachScope(
            static (scope, found) =>
            {
                if (scope is IEnumerable<KeyValuePair<string, object?>> values)
                {
                    foreach (var (name, value) in values)
                    {
                        found.Take(name, value);
                    }
                }
            },
            found);
        return found.Subject;
    }

    private sealed class Found
    {
        public LogSubject Subject { get; private set; }

        public void Take(string name, object? value)
        {
            if (value is Guid id)
            {
                Subject = name switch
                {
                    EngineLog.Case => Subject with { Case = id },
                    EngineLog.Merchant => Subject with { Merchant = id },
                    _ => Subject,
                };
            }
        }
    }
}
