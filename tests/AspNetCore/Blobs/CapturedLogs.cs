using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Switchyard.AspNetCore.Blobs.Tests;

/// <summary>Keeps every log line of every category.</summary>
internal sealed class CapturedLogs : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(string Category, LogLevel Level, string Text)> Lines { get; init; } = [];

    private string Category { get; init; } = "";

    public ILogger CreateLogger(string categoryName) => new CapturedLogs { Category = categoryName, Lines = Lines };

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((Category, logLevel, formatter(state, exception) + exception));

    public void Dispose()
    {
    }
}
