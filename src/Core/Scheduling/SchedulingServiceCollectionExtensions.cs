using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;
using Switchyard.Scheduling.Delivering;
using Switchyard.Scheduling.Editing;
using Switchyard.Scheduling.Explaining;
using Switchyard.Scheduling.Firing;
using Switchyard.Scheduling.Rendering;
using Switchyard.Scheduling.Replaying;
using Switchyard.Scheduling.Rules;
using Switchyard.Scheduling.Upkeep;

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
        services.TryAddSingleton(provider => new SchedulingInstruments(provider.GetService<IMeterFactory>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SchedulingRequirements>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PruneTimer>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOccurrenceEffects, ScheduleEffects>());
        AddParts(services);
        AddServices(services);
        AddHandlers(services);
        return new SchedulingBuilder(services);
    }

    private static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton<RequestBuilder>();
        services.TryAddSingleton<WebhookSecrets>();
        services.TryAddSingleton<WebhookSender>();
        services.TryAddSingleton<ReceiverPlaces>();
        services.TryAddScoped<AccountAccess>();
        services.TryAddScoped<ScheduleEditor>();
        services.TryAddScoped<WebhookEditor>();
        services.TryAddScoped<WebhookTrial>();
        services.TryAddScoped<ManualRuns>();
        services.TryAddScoped<Replays>();
        services.TryAddScoped<ScheduleExplainer>();
        services.TryAddScoped<UpcomingReader>();
    }

    private static void AddServices(IServiceCollection services)
    {
        services.TryAddScoped(provider => new ScheduleService(
            provider.GetRequiredService<ScheduleEditor>(), provider.GetRequiredService<ManualRuns>(), provider.GetRequiredService<ScheduleExplainer>(),
            provider.GetRequiredService<UpcomingReader>(), provider.GetRequiredService<AccountAccess>(), provider.GetRequiredService<IScheduleStore>()));
        services.TryAddScoped(provider => new WebhookService(
            provider.GetRequiredService<WebhookEditor>(), provider.GetRequiredService<WebhookTrial>(),
            provider.GetRequiredService<AccountAccess>(), provider.GetRequiredService<IWebhookStore>()));
        services.TryAddScoped(provider => new ExecutionService(
            provider.GetRequiredService<Replays>(), provider.GetRequiredService<AccountAccess>(), provider.GetRequiredService<IExecutionStore>()));
        services.TryAddScoped(provider => new AccountService(provider.GetRequiredService<IAccountMembership>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddScoped(provider => new SchedulingMetrics(
            provider.GetRequiredService<IAccountMembership>(), provider.GetRequiredService<IScheduleStore>(), provider.GetRequiredService<IRecurrenceStore>(),
            provider.GetService<IRecurringHealth>(), provider.GetRequiredService<IOptions<SchedulingOptions>>(), provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddHandlers(IServiceCollection services)
    {
        // Deliveries wait for receivers most of the time: in slots of their own they keep nothing else from running.
        AddHandler<DeliverHandler>(services, JobHandlerRegistration.Create<DeliverHandler, DeliverPayload>(
            SchedulingJobs.Deliver, provider => provider.GetRequiredService<IOptions<SchedulingOptions>>().Value.DeliveryConcurrency));
        AddHandler<DeliverHandler>(services, JobHandlerRegistration.Create<DeliverHandler, DeliverPayload>(
            SchedulingJobs.DeliverSlow, provider => provider.GetRequiredService<IOptions<SchedulingOptions>>().Value.SlowDeliveryConcurrency));
        AddHandler<LostHandler>(services, JobHandlerRegistration.Create<LostHandler, DeliverPayload>(SchedulingJobs.Lost));
        AddHandler<PruneHandler>(services, JobHandlerRegistration.Create<PruneHandler, PrunePayload>(SchedulingJobs.Prune));
    }

    private static void AddHandler<THandler>(IServiceCollection services, JobHandlerRegistration registration)
        where THandler : class
    {
        services.TryAddScoped<THandler>();
        if (!services.Any(service => service.ImplementationInstance is JobHandlerRegistration there && there.Kind == registration.Kind))
        {
            services.AddSingleton(registration);
        }
    }
}
