using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Switchyard.Outbound.Connections;
using Switchyard.TestKit;

namespace Switchyard.Outbound.Tests;

/// <summary>The guard as <c>AddOutboundGuard</c> makes it, with DNS and, where a test says so, sockets of the test's own.</summary>
internal sealed class Guard : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Guard(
        Action<OutboundGuardOptions>? configure = null, FakeResolver? resolver = null, IOutboundSockets? sockets = null, TimeProvider? time = null)
    {
        Resolver = resolver ?? new FakeResolver();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddSingleton<IHostResolver>(Resolver);
        services.AddOutboundGuard(configure);
        if (sockets is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(sockets));
        }

        if (time is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(time));
        }

        _services = services.BuildServiceProvider();
        Port = _services.GetRequiredService<IOutboundGuard>();
    }

    public IOutboundGuard Port { get; }

    public FakeResolver Resolver { get; }

    public LogCapture Log { get; } = new();

    public string? WhyRefused(string url) => Port.WhyRefused(new Uri(url, UriKind.RelativeOrAbsolute));

    public async Task<HttpResponseMessage> GetAsync(string url, Action<HttpRequestMessage>? configure = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        configure?.Invoke(request);
        return await Port.SendAsync(request, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
    }

    public async Task<OutboundRefusedException> RefusedAsync(string url, Action<HttpRequestMessage>? configure = null) =>
        await Assert.ThrowsAsync<OutboundRefusedException>(() => GetAsync(url, configure));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>A DNS whose answers a test gives, one after the other; the last one stays.</summary>
internal sealed class FakeResolver(params string[][] answers) : IHostResolver
{
    private int _asked;

    public ConcurrentQueue<string> Asked { get; } = [];

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Asked.Enqueue(host);
        var answer = answers.Length == 0 ? ["127.0.0.1"] : answers[Math.Min(Interlocked.Increment(ref _asked), answers.Length) - 1];
        return Task.FromResult<IReadOnlyList<IPAddress>>([.. answer.Select(IPAddress.Parse)]);
    }
}

/// <summary>Sockets that note where they are to connect to, and do what a test says instead.</summary>
internal sealed class FakeSockets(Func<IPEndPoint, CancellationToken, ValueTask<Stream>> connect) : IOutboundSockets
{
    public ConcurrentQueue<IPEndPoint> Tried { get; } = [];

    public ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        Tried.Enqueue(endPoint);
        return connect(endPoint, cancellationToken);
    }

    /// <summary>Makes sockets that are answered by one text, whatever is sent.</summary>
    public static FakeSockets Answering(string answer) => new((_, _) => ValueTask.FromResult<Stream>(new CannedStream(answer)));
}
