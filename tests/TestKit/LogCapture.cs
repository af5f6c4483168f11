using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Switchyard.TestKit;

/// <summary>Keeps every log line of every category: level, id, message, name of the event, and exception.</summary>
public sealed class LogCapture : ILoggerProvider, ILogger
{
    /// <summary>The lines, in order.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {eventId.Name} {exception}");

    public void Dispose()
    {
    }
}
