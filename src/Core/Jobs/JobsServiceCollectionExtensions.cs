using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.Jobs;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Recurring;
using Switchyard.Jobs.Upkeep;
using Switchyard.Jobs.Worker;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the durable kernel.</summary>
public static class JobsServiceCollectionExtensions
{
    /// <summary>Adds the queue and the worker of the durable kernel; a store must follow, such as <c>.UseEfCore&lt;AppDbContext&gt;()</c>.</summary>
    /// <remarks>This operation is idempotent: a second call adds its configuration and nothing else. Without a store the host doesn't start.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder that stores and handlers hang on.</returns>
    public static IJobsBuilder AddJobs(this IServiceCollection services, Action<JobsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(JobsInstruments)))
        {
            services.AddOptionsWithValidateOnStart<JobsOptions>().ValidateDataAnnotations();
            services.AddOptionsWithValidateOnStart<RecurringOptions>().ValidateDataAnnotations();
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JobsOptions>, JobsOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IJobSignal, InProcessJobSignal>();
        services.TryAddSingleton(provider => new JobsInstruments(provider.GetService<IMeterFactory>()));

        // Factories, so that a missing store is told in our words and not by the container's validation.
        services.TryAddScoped<IJobQueue>(provider => new StoreJobQueue(RequiredStore.Of(provider), provider.GetRequiredService<IJobSignal>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobWorkers>(JobWorkerFactory.Create));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobUpkeep>(JobWorkerFactory.CreateUpkeep));
        RecurringFactory.AddServices(services);
        return new JobsBuilder(services);
    }
}
