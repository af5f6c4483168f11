using System.Net;

namespace Switchyard.Outbound.Connections;

/// <summary>Turns a host name into addresses.</summary>
internal interface IHostResolver
{
    /// <summary>Gets the addresses of a host, in the order in which to try them; none where it has none.</summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
