using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.Scheduling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds scheduling.</summary>
public static class SchedulingServiceCollectionExtensions
{
    /// <summary>Adds scheduling: schedules that fire by cron, and webhooks that their firings are delivered to. Calling it again only configures.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>A builder that storage adapters hang on.</returns>
    public static ISchedulingBuilder AddScheduling(this IServiceCollection services, Action<SchedulingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(ScheduleService)))
        {
            services.AddOptions<SchedulingOptions>().ValidateDataAnnotations().ValidateOnStart();
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped(_ => new ScheduleService());
        services.TryAddScoped(_ => new WebhookService());
        services.TryAddScoped(_ => new ExecutionService());
        services.TryAddScoped(_ => new AccountService());
        services.TryAddScoped(_ => new SchedulingMetrics());
        return new SchedulingBuilder(services);
    }
}
