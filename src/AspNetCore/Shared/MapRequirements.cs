using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Switchyard.AspNetCore;

/// <summary>Stops the start of a host that maps routes without what they need, and says which line to add.</summary>
internal static class MapRequirements
{
    /// <summary>Requires a service.</summary>
    /// <param name="services">The services.</param>
    /// <param name="map">The method that maps.</param>
    /// <param name="line">The line that registers the service.</param>
    public static void Require<TService>(IServiceProvider services, string map, string line)
    {
        if (!services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(TService)))
        {
            throw new InvalidOperationException($"{map} needs a registration that is missing. Add: {line}");
        }
    }

    /// <summary>Requires an authentication scheme.</summary>
    public static void RequireScheme(IServiceProvider services, string map, string scheme)
    {
        if (!services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.SchemeMap.ContainsKey(scheme))
        {
            throw new InvalidOperationException(
                $"{map} needs the authentication scheme '{scheme}', which is not registered. "
                + $"Add: builder.Services.AddAuthentication().AddSwitchyardTokens(\"{scheme}\");");
        }
    }
}
