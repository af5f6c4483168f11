using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Operations;
using Switchyard.Jobs.Running;
using Switchyard.Jobs.Upkeep;

namespace Switchyard.Jobs.Worker;

/// <summary>Puts the workers and their upkeep together; what is missing or wrong stops the start of the host here.</summary>
internal static class JobWorkerFactory
{
    public static JobWorkers Create(IServiceProvider services)
    {
        var parts = PartsOf(services);
        var own = OwnSlots(services);
        var workers = new List<JobWorker> { new(parts with { Handlers = parts.Handlers.Only(kind => !own.ContainsKey(kind)) }) };
        foreach (var (kind, slots) in own.OrderBy(lane => lane.Key, StringComparer.Ordinal))
        {
            workers.Add(new JobWorker(parts with { Handlers = parts.Handlers.Only(kind.Equals), Slots = slots, Signal = parts.Signal.Fork(), NameSuffix = $"#{workers.Count + 1}" }));
        }

        return new JobWorkers(workers);
    }

    private static JobWorkerParts PartsOf(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<JobsOptions>>().Value;
        var timeProvider = services.GetRequiredService<TimeProvider>();
        var handlers = new JobHandlerTable(services.GetServices<JobHandlerRegistration>(), services.GetServices<JobPayloadType>(), options.PayloadSerializerOptions);
        ConfiguredKindLimits[] limits = [.. services.GetServices<ConfiguredKindLimits>()];
        return new JobWorkerParts
        {
            Slots = options.Concurrency,
            Store = RequiredStore.Of(services),
            Signal = services.GetRequiredService<IJobSignal>(),
            Handlers = handlers,
            Scopes = services.GetRequiredService<IServiceScopeFactory>(),
            Options = options,
            Instruments = services.GetRequiredService<JobsInstruments>(),
            TimeProvider = timeProvider,
            Randomizer = options.Retry.Randomizer,
            Logger = LoggerOf(services),
            Journal = services.GetService<IJobJournal>(),
            Nodes = services.GetService<INodeRegistry>(),
            KindStore = limits.Length == 0 ? null : RequiredStore.OfKinds(services),
            KindLimits = limits,
        };
    }

    private static Dictionary<string, int> OwnSlots(IServiceProvider services)
    {
        var own = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var registration in services.GetServices<JobHandlerRegistration>().Where(registration => registration.Slots is not null))
        {
            var slots = registration.Slots!(services);
            own[registration.Kind] = slots is >= 1 and <= 10_000
                ? slots
                : throw new InvalidOperationException($"The kind '{registration.Kind}' has {slots} slots of its own; it needs 1 to 10,000.");
        }

        return own;
    }

    public static JobUpkeep CreateUpkeep(IServiceProvider services) => new(
        services.GetService<IJobMaintenance>(),
        services.GetRequiredService<IOptions<JobsOptions>>().Value,
        services.GetRequiredService<JobsInstruments>(),
        services.GetRequiredService<TimeProvider>(),
        LoggerOf(services));

    private static UnbreakableLogger LoggerOf(IServiceProvider services) =>
        new(services.GetService<ILoggerFactory>()?.CreateLogger("Switchyard.Jobs") ?? NullLogger.Instance);
}
