namespace Switchyard.ReferenceHost.Tests.Executors;

/// <summary>One host with the command executor for all tests of a class that don't disturb each other.</summary>
public sealed class CommandHost : IAsyncLifetime
{
    internal ExecutorHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ExecutorHost.StartAsync("command", timeoutSeconds: 120);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
