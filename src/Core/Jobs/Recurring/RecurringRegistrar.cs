using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Recurring.Templates;

namespace Switchyard.Jobs.Recurring;

/// <summary>Stores the recurring jobs that the host was configured with, for as long as it takes. Any number of nodes may: the definition is the same.</summary>
internal sealed partial class RecurringRegistrar(
    IReadOnlyList<RecurringJobDefinition> definitions, Func<IRecurrenceStore, IRecurringJobs> jobs, JobsInstruments instruments,
    TimeProvider timeProvider, Func<double> randomizer, ILogger logger)
{
    private static readonly RetryOptions Spacing = new() { FirstDelay = TimeSpan.FromSeconds(1), Factor = 2, MaxDelay = TimeSpan.FromSeconds(30), Jitter = 0.2 };

    public async Task RegisterAsync(IRecurrenceStore store, CancellationToken stop)
    {
        try
        {
            // Of two of one name the later stands.
            foreach (var definition in definitions.GroupBy(definition => definition.Name, StringComparer.Ordinal).Select(name => name.Last()))
            {
                await RegisterAsync(jobs(store), definition, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The next start registers them.
        }
    }

    private async Task RegisterAsync(IRecurringJobs recurring, RecurringJobDefinition definition, CancellationToken stop)
    {
        for (var failures = 1; !stop.IsCancellationRequested; failures++)
        {
            try
            {
                var job = await recurring.AddOrUpdateAsync(definition, stop).ConfigureAwait(false);
                Log.Registered(logger, definition.Name, job.NextAt);
                return;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                instruments.OnStoreFailed("register");
                Log.Failed(logger, exception, definition.Name);
                await Task.Delay(RetryPolicy.NextDelay(failures, Spacing, randomizer), timeProvider, stop).ConfigureAwait(false);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RecurringRegistered, LogLevel.Information, "The recurring job {Name} is registered; it is next due at {NextAt}.", EventName = "RecurringRegistered")]
        public static partial void Registered(ILogger logger, string name, DateTimeOffset? nextAt);

        [LoggerMessage(EventIds.RegistrationFailed, LogLevel.Warning, "The recurring job {Name} could not be registered; it is tried again.", EventName = "RegistrationFailed")]
        public static partial void Failed(ILogger logger, Exception exception, string name);
    }
}
