using Microsoft.Extensions.Logging;

namespace Switchyard.Jobs.Diagnostics;

/// <summary>Logs, and goes on where a logging provider throws: a full disk under the log must not stop the work.</summary>
internal sealed class UnbreakableLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => Try(() => inner.BeginScope(state));

    public bool IsEnabled(LogLevel logLevel) => Try(() => inner.IsEnabled(logLevel));

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Try(() =>
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
            return true;
        });

    private static T? Try<T>(Func<T> log)
    {
        try
        {
            return log();
        }
        catch (Exception)
        {
            // There is nowhere left to tell it.
            return default;
        }
    }
}
