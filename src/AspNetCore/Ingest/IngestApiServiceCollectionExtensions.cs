using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Switchyard.AspNetCore;
using Switchyard.AspNetCore.Ingest;
using Switchyard.AspNetCore.Ingest.Callbacks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the ingest API.</summary>
public static class IngestApiServiceCollectionExtensions
{
    /// <summary>Adds what <c>MapIngest</c> needs: error shapes, authorization, and the bearer tokens of executors. Calling it again only configures.</summary>
    /// <remarks>From now on the app refuses to start while an endpoint, of whatever origin, states neither a policy nor that anyone may call it.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddIngestApi(this IServiceCollection services, Action<IngestApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<IngestApiOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IngestApiOptions>, IngestApiOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddAuthentication();
        services.AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<AuthenticationOptions>, CallbackSchemes>());
        services.TryAddTransient<CallbackAuthenticationHandler>();
        services.TryAddSingleton<IngestApiMarker>();
        return services.AddSurfaceErrors<IngestErrorSurface>();
    }
}
