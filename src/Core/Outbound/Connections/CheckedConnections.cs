using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Switchyard.Outbound.Destinations;

namespace Switchyard.Outbound.Connections;

/// <summary>Resolves a host once, checks every address, and connects to one of the very addresses that it checked.</summary>
/// <remarks>A name that means something else a moment later (DNS rebinding) changes nothing: it isn't asked for again.</remarks>
internal sealed class CheckedConnections(
    DestinationRules rules, IHostResolver resolver, IOutboundSockets sockets, IOptions<OutboundGuardOptions> options, TimeProvider time)
{
    // More would only divide the time that a connection may take into shares too small.
    private const int MostTries = 4;

    /// <exception cref="OutboundRefusedException">An address is refused.</exception>
    /// <exception cref="SocketException">There is no address, or no connection to any.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint destination, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(destination.Host, out var literal)
            ? [literal]
            : await resolver.ResolveAsync(destination.Host, cancellationToken).ConfigureAwait(false);
        if (addresses.Count == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        return rules.Judge(destination.Host, addresses, destination.Port) is { } refusal
            ? throw new RefusedConnectionException(refusal)
            : await TryInTurnAsync([.. addresses.Take(MostTries)], destination.Port, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Stream> TryInTurnAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var share = options.Value.ConnectTimeout / addresses.Length;
        SocketException? failure = null;
        foreach (var address in addresses)
        {
            using var deadline = new CancellationTokenSource(share, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            try
            {
                return await sockets.ConnectAsync(new IPEndPoint(address, port), either.Token).ConfigureAwait(false);
            }
            catch (SocketException exception)
            {
                failure = exception;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                failure = new SocketException((int)SocketError.TimedOut);
            }
        }

        throw failure!;
    }
}
