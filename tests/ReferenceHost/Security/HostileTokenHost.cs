using Microsoft.Extensions.DependencyInjection;
using Switchyard.ReferenceHost.Tests.Configuration;
using Switchyard.TestKit;
using Switchyard.TestKit.Tokens;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>A host that trusts a test's issuer; both have one clock, which stands still, so that times at the edge stay there.</summary>
public sealed class HostileTokenHost : IAsyncLifetime
{
    private TestIssuer _issuer = null!;

    internal RunningHost Host { get; private set; } = null!;

    internal SinkServer Sink { get; private set; } = null!;

    internal HostileContext Context { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var clock = new ManualTimeProvider();
        _issuer = await TestIssuer.StartAsync(clock);
        Sink = await SinkServer.StartAsync();
        Context = new HostileContext(_issuer, Sink.Url);
        Host = await RunningHost.StartAsync(
            services => services.AddSingleton<TimeProvider>(clock),
            ("EXTERNAL_API_TOKEN_ISSUER", _issuer.Issuer),
            ("EXTERNAL_API_TOKEN_AUDIENCE", TestIssuer.Audience),
            ("WORKER_ENABLED", "false"));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Sink.DisposeAsync();
        await _issuer.DisposeAsync();
    }
}
