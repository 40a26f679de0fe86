using Microsoft.Extensions.Logging;

namespace CentralPay.Workflows.Benchmarks.Databases;

/// <summary>What workers report as failed ends the measuring: figures with failures in them say nothing.</summary>
internal sealed class FailureLog(Milestones milestones) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            milestones.Fail(new InvalidOperationException(formatter(state, exception), exception));
        }
    }

    public void Dispose()
    {
    }
}
