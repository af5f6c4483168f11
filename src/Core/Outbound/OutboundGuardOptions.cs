using System.ComponentModel.DataAnnotations;

namespace Switchyard.Outbound;

/// <summary>Sets up the outbound guard. What is here is the operator's alone: nothing that a user gives may end up in it.</summary>
public sealed class OutboundGuardOptions
{
    /// <summary>Gets or sets whether any address, name and port may be called. The rules of how a URL is written hold all the same.</summary>
    /// <value>The default value is <see langword="false"/>. For development, and for hosts whose users may reach its whole network.</value>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Gets the hosts that the operator trusts: they may resolve to any address and be called on any port.</summary>
    /// <value>Exact host names, neither patterns nor URLs, whatever their case. None by default.</value>
    public IList<string> TrustedHosts { get; } = [];

    /// <summary>Gets the networks that may be called on any port although they are not public.</summary>
    /// <value>Networks such as <c>10.20.0.0/16</c> or <c>127.0.0.1/32</c>. None by default.</value>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Gets or sets the only ports that may be called on public addresses, such as 80, 443 and 8443.</summary>
    /// <value>The default value is empty: any port.</value>
    public IReadOnlyCollection<int> AllowedPorts { get; set; } = [];

    /// <summary>Gets or sets how many connections to one host there are at once; further requests wait for one.</summary>
    /// <value>The default value is 8; from 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int ConnectionsPerHost { get; set; } = 8;

    /// <summary>Gets or sets how long a connection may take to come about, from asking DNS to the end of the TLS handshake.</summary>
    /// <value>The default value is 5 seconds; from 0.1 seconds to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
