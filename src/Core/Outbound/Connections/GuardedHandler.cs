using System.Net;
using System.Security.Authentication;

namespace Switchyard.Outbound.Connections;

/// <summary>Makes the handler that all requests go through. It does nothing that a request didn't ask for, and keeps what it reads small.</summary>
internal static class GuardedHandler
{
    private const int MaxHeaderKilobytes = 32;

    public static SocketsHttpHandler Create(OutboundGuardOptions options, CheckedConnections connections) =>
        new()
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.ConnectionsPerHost,
            MaxResponseHeadersLength = MaxHeaderKilobytes,

            // A pooled connection keeps the verdict on its address: no longer than this.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ResponseDrainTimeout = TimeSpan.FromSeconds(2),

            // Strangers get no trace ids unless the request carries them itself.
            ActivityHeadersPropagator = null,
            SslOptions = { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
            ConnectCallback = (context, cancellationToken) => connections.ConnectAsync(context.DnsEndPoint, cancellationToken),
        };
}
