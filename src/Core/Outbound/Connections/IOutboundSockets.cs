using System.Net;

namespace Switchyard.Outbound.Connections;

/// <summary>Opens connections to addresses that were checked.</summary>
internal interface IOutboundSockets
{
    /// <summary>Connects to exactly this address and port.</summary>
    ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken);
}
