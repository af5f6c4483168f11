namespace Switchyard.ReferenceHost.Tests.Configuration;

/// <summary>One host in Development for all tests of a class that only read from it.</summary>
public sealed class DevelopmentHost : IAsyncLifetime
{
    internal RunningHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await RunningHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
