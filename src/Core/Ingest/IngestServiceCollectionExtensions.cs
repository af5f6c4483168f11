using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.Ingest;
using Switchyard.Ingest.Bundles;
using Switchyard.Ingest.Callbacks;
using Switchyard.Ingest.Command;
using Switchyard.Ingest.Execution;
using Switchyard.Ingest.Partners;
using Switchyard.Ingest.Submission;
using Switchyard.Jobs;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds ingest.</summary>
public static class IngestServiceCollectionExtensions
{
    /// <summary>Adds ingest: jobs that clients submit, upload and start. Calling it again only configures.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>A builder that storage adapters and executors hang on.</returns>
    public static IIngestBuilder AddIngest(this IServiceCollection services, Action<IngestOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(IngestService)))
        {
            services.AddOptions<IngestOptions>().ValidateDataAnnotations().ValidateOnStart();
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IngestOptions>, IngestOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IBundleRegistry, CachedBundleRegistry>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IngestRequirements>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PartnersStartup>());
        AddSubmission(services);
        AddCallbacks(services);
        AddExecution(services);
        return new IngestBuilder(services);
    }

    private static void AddSubmission(IServiceCollection services)
    {
        services.TryAddScoped<JobSubmitter>();
        services.TryAddScoped<JobStarter>();
        services.TryAddScoped(provider => new IngestService(
            provider.GetRequiredService<JobSubmitter>(), provider.GetRequiredService<JobStarter>(), provider.GetRequiredService<IIngestJobStore>()));
    }

    private static void AddCallbacks(IServiceCollection services)
    {
        services.TryAddSingleton<CallbackTokens>();
        services.TryAddSingleton<CallbackRoutes>();
        services.TryAddScoped<CallbackGuard>();
        services.TryAddScoped<CallbackReports>();
        services.TryAddScoped<CallbackJobs>();
        services.TryAddScoped(provider => new CallbackService(
            provider.GetRequiredService<CallbackGuard>(), provider.GetRequiredService<CallbackReports>(),
            provider.GetRequiredService<CallbackJobs>(), provider.GetRequiredService<CallbackTokens>(),
            provider.GetRequiredService<CallbackRoutes>(), provider.GetRequiredService<IIngestRunStore>(),
            provider.GetRequiredService<IOptions<IngestOptions>>(), provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddExecution(IServiceCollection services)
    {
        services.TryAddSingleton<ProgressReporter>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IJobExecutor, BuiltInExecutor>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IJobExecutor, CommandExecutor>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IJobExecutor, CallbackExecutor>());
        AddHandler<IngestRunHandler>(services, IngestRunJobs.Run);
        AddHandler<IngestRunLostHandler>(services, IngestRunJobs.Lost);
        AddHandler<IngestRunDeadlineHandler>(services, IngestRunJobs.Deadline);
    }

    private static void AddHandler<THandler>(IServiceCollection services, string kind)
        where THandler : class, IJobHandler<IngestRunPayload>
    {
        services.TryAddScoped<THandler>();
        if (!services.Any(service => service.ImplementationInstance is JobHandlerRegistration registration && registration.Kind == kind))
        {
            services.AddSingleton(JobHandlerRegistration.Create<THandler, IngestRunPayload>(kind));
        }
    }
}
