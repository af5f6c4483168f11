using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Switchyard.Outbound;
using Switchyard.Outbound.Connections;
using Switchyard.Outbound.Destinations;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the outbound guard.</summary>
public static class OutboundServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IOutboundGuard"/>, a singleton. Calling it again only configures.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; wrong ones stop the start.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddOutboundGuard(this IServiceCollection services, Action<OutboundGuardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(DestinationRules)))
        {
            services.AddOptions<OutboundGuardOptions>().ValidateDataAnnotations().ValidateOnStart();
            services.AddMetrics();
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutboundGuardOptions>, OutboundGuardOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<OutboundInstruments>();
        services.TryAddSingleton<IHostResolver, DnsHostResolver>();
        services.TryAddSingleton<IOutboundSockets, TcpSockets>();
        services.TryAddSingleton(provider => new DestinationRules(provider.GetRequiredService<IOptions<OutboundGuardOptions>>().Value));
        services.TryAddSingleton<CheckedConnections>();
        services.TryAddSingleton<IOutboundGuard, OutboundGuard>();
        return services;
    }
}
