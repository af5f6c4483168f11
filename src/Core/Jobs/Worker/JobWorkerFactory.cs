using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Operations;
using Switchyard.Jobs.Running;
using Switchyard.Jobs.Upkeep;

namespace Switchyard.Jobs.Worker;

/// <summary>Puts the worker and its upkeep together; what is missing or wrong stops the start of the host here.</summary>
internal static class JobWorkerFactory
{
    public static JobWorker Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<JobsOptions>>().Value;
        var timeProvider = services.GetRequiredService<TimeProvider>();
        var handlers = new JobHandlerTable(services.GetServices<JobHandlerRegistration>(), services.GetServices<JobPayloadType>(), options.PayloadSerializerOptions);
        ConfiguredKindLimits[] limits = [.. services.GetServices<ConfiguredKindLimits>()];
        return new JobWorker(new JobWorkerParts
        {
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
        });
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
