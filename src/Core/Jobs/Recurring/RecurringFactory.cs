using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Recurring.Planning;
using Switchyard.Jobs.Recurring.Templates;
using Switchyard.Jobs.Recurring.Ticking;

namespace Switchyard.Jobs.Recurring;

/// <summary>Registers recurring work, and puts its parts together; what is missing stops the start of the host here.</summary>
internal static class RecurringFactory
{
    public static void AddServices(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOccurrenceEffects, JobOccurrences>());
        services.TryAddSingleton<IOccurrencePlanner>(provider => new OccurrencePlanner(
            new ScheduleCache(), provider.GetServices<IOccurrenceEffects>(), OptionsOf(provider).MisfireThreshold));
        services.TryAddSingleton(provider => new RecurringInstruments(provider.GetService<IMeterFactory>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new RecurringHealth(
            provider.GetService<IRecurrenceStore>(), provider.GetRequiredService<RecurringInstruments>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IRecurringHealth>(provider => provider.GetRequiredService<RecurringHealth>());
        services.TryAddSingleton<IRecurringJobs>(provider => CreateJobs(provider, StoreOf(provider)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RecurrenceTicker>(CreateTicker));
    }

    private static RecurrenceTicker CreateTicker(IServiceProvider services)
    {
        RecurringJobDefinition[] definitions = [.. services.GetServices<RecurringJobDefinition>()];
        var (timeProvider, randomizer) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IOptions<JobsOptions>>().Value.Retry.Randomizer);
        var (jobsInstruments, logger) = (services.GetRequiredService<JobsInstruments>(), LoggerOf(services));
        return new RecurrenceTicker(new RecurrenceTickerParts
        {
            Store = definitions.Length == 0 ? services.GetService<IRecurrenceStore>() : StoreOf(services),
            Kinds = [.. services.GetServices<IOccurrenceEffects>().Select(effects => effects.Kind)],
            Planner = services.GetRequiredService<IOccurrencePlanner>(),
            Registrar = new RecurringRegistrar(definitions, store => CreateJobs(services, store), jobsInstruments, timeProvider, randomizer, logger),
            Options = OptionsOf(services),
            Instruments = services.GetRequiredService<RecurringInstruments>(),
            JobsInstruments = jobsInstruments,
            TimeProvider = timeProvider,
            Randomizer = randomizer,
            Logger = logger,
        });
    }

    private static RecurringJobs CreateJobs(IServiceProvider services, IRecurrenceStore store) => new(
        store, services.GetRequiredService<IOccurrencePlanner>(), RequiredStore.Of(services), services.GetRequiredService<IJobSignal>(), services.GetRequiredService<TimeProvider>());

    private static RecurringOptions OptionsOf(IServiceProvider services) => services.GetRequiredService<IOptions<RecurringOptions>>().Value;

    private static IRecurrenceStore StoreOf(IServiceProvider services) =>
        services.GetService<IRecurrenceStore>() ?? throw new InvalidOperationException(
            "Recurring jobs need a store that keeps them (an IRecurrenceStore), and the job store in use brings none. Use .UseEfCore<AppDbContext>(), or .UseInMemory() for development and tests.");

    private static UnbreakableLogger LoggerOf(IServiceProvider services) =>
        new(services.GetService<ILoggerFactory>()?.CreateLogger("Switchyard.Jobs") ?? NullLogger.Instance);
}
