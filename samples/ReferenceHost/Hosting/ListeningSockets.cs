using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Binds the listening addresses that leave the port to the system, before anything needs to know the host's own URL.</summary>
/// <remarks>
/// Issuer, audience and signed URLs hold the host's address and are validated before Kestrel starts. So port 0 is settled
/// here, and Kestrel is handed the very sockets: between the two nobody else can take the port.
/// </remarks>
internal sealed class ListeningSockets : IDisposable
{
    private readonly Dictionary<EndPoint, Socket> _bound = [];
    private readonly bool _firstPortWasFree;

    private ListeningSockets(IReadOnlyList<string> urls)
    {
        Urls = urls;
        _firstPortWasFree = BindingAddress.Parse(urls[0]) is { IsUnixPipe: false, Port: 0 };
    }

    /// <summary>Gets the addresses, with real ports.</summary>
    public IReadOnlyList<string> Urls { get; private set; }

    /// <summary>Gets the first address as a client on this machine sees it: by the name localhost where it named everything, or no port.</summary>
    public string LocalUrl
    {
        get
        {
            var address = BindingAddress.Parse(Urls[0]);
            var host = address.IsUnixPipe || _firstPortWasFree || IsEverything(address.Host) ? "localhost" : address.Host;
            var port = address.IsUnixPipe || address.Port == (address.Scheme == "https" ? 443 : 80) ? "" : $":{address.Port}";
            return $"{address.Scheme}://{host}{port}";
        }
    }

    /// <summary>Binds every address of port 0 and leaves the others to Kestrel.</summary>
    /// <exception cref="SocketException">The system gives no port.</exception>
    public static ListeningSockets Bind(IReadOnlyList<string> urls)
    {
        var sockets = new ListeningSockets(urls);
        sockets.Urls = [.. urls.Select(sockets.Settle)];
        return sockets;
    }

    /// <summary>Gives Kestrel its socket for an endpoint.</summary>
    public Socket Take(EndPoint endpoint) =>
        _bound.Remove(endpoint, out var socket) ? socket : SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);

    public void Dispose()
    {
        foreach (var socket in _bound.Values)
        {
            socket.Dispose();
        }

        _bound.Clear();
    }

    private string Settle(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.IsUnixPipe || address.Port != 0)
        {
            return url;
        }

        var port = BindSame(Endpoints(address.Host));
        return string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://{address.Host}:{port}");
    }

    // What Kestrel binds for a host name: both loopbacks for localhost, everything for a name that is no address.
    private static IPAddress[] Endpoints(string host)
    {
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];
        }

        return IPAddress.TryParse(host, out var address)
            ? [address]
            : [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any];
    }

    private int BindSame(IPAddress[] addresses)
    {
        const int attempts = 20;
        for (var attempt = 1; ; attempt++)
        {
            var first = SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(addresses[0], 0));
            var port = ((IPEndPoint)first.LocalEndPoint!).Port;
            try
            {
                foreach (var other in addresses.Skip(1))
                {
                    var endpoint = new IPEndPoint(other, port);
                    _bound[endpoint] = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
                }

                _bound[new IPEndPoint(addresses[0], port)] = first;
                return port;
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressNotAvailable)
            {
                // No IPv6 loopback on this machine; Kestrel gets by with one of the two as well.
                _bound[new IPEndPoint(addresses[0], port)] = first;
                return port;
            }
            catch (SocketException) when (attempt < attempts)
            {
                first.Dispose();
            }
        }
    }

    private static bool IsEverything(string host) =>
        host is "*" or "+" || (IPAddress.TryParse(host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));
}
