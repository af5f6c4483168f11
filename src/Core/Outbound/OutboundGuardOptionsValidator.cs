using System.Net;
using Microsoft.Extensions.Options;
using Switchyard.Outbound.Destinations;

namespace Switchyard.Outbound;

/// <summary>Checks what attributes can't say: names, networks and ports.</summary>
internal sealed class OutboundGuardOptionsValidator : IValidateOptions<OutboundGuardOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboundGuardOptions options)
    {
        List<string> faults = [];
        faults.AddRange(options.TrustedHosts
            .Where(host => TrustedHostName.Normalize(host) is null)
            .Select(host => $"OutboundGuardOptions.TrustedHosts holds '{host}', which is no host name; give a name alone, such as idp.example.org."));
        faults.AddRange(options.AllowedNetworks
            .Where(network => !IPNetwork.TryParse(network, out _))
            .Select(network => $"OutboundGuardOptions.AllowedNetworks holds '{network}', which is no network; give one such as 10.20.0.0/16."));
        if (options.AllowedPorts is null || options.AllowedPorts.Any(port => port is < 1 or > IPEndPoint.MaxPort))
        {
            faults.Add($"OutboundGuardOptions.AllowedPorts must be ports from 1 to {IPEndPoint.MaxPort}.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
