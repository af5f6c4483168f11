using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Switchyard.Jobs.Recurring;

/// <summary>Keeps what is logged, by event.</summary>
internal sealed class TestLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string? Event, string Text)> _entries = new();

    public string[] Of(string name) => [.. _entries.Where(entry => entry.Event == name).Select(entry => entry.Text)];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((eventId.Name, formatter(state, exception)));

    public void Dispose()
    {
    }
}
