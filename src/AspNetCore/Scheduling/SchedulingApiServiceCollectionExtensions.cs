using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.AspNetCore;
using Switchyard.AspNetCore.Scheduling;
using Switchyard.AspNetCore.Scheduling.Errors;
using Switchyard.AspNetCore.Scheduling.Health;
using Switchyard.AspNetCore.Scheduling.Secrets;
using Switchyard.Secrets;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the scheduler API.</summary>
public static class SchedulingApiServiceCollectionExtensions
{
    /// <summary>Adds what <c>MapScheduling</c> needs: error shapes, authorization, health, and a protector of secrets. Calling it again only configures.</summary>
    /// <remarks>
    /// Where no <see cref="ISecretProtector"/> was added before, secrets are sealed by ASP.NET Core Data Protection: all nodes must
    /// share its key ring, and the start fails on one whose keys can't open what others sealed. From now on the app also refuses
    /// to start while an endpoint, of whatever origin, states neither a policy nor that anyone may call it.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddSchedulingApi(this IServiceCollection services, Action<SchedulingApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SchedulingApiOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SchedulingApiOptions>, SchedulingApiOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddAuthentication();
        services.AddAuthorization();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HealthProbe>();
        services.TryAddSingleton<CachedHealth>();
        if (services.All(service => service.ServiceType != typeof(ISecretProtector)))
        {
            services.AddDataProtection();
            services.AddSingleton<ISecretProtector, DataProtectionSecretProtector>();
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SecretCanary>());
        services.TryAddSingleton<SchedulingApiMarker>();
        return services.AddSurfaceErrors<SchedulingErrorSurface>();
    }
}
