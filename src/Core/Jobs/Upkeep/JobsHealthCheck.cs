using Microsoft.Extensions.Diagnostics.HealthChecks;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Operations;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Jobs.Upkeep;

/// <summary>Asks the store how it is doing, and judges that with the leases that this process lost.</summary>
internal sealed class JobsHealthCheck(IJobMaintenance? maintenance, JobsOptions options, JobsInstruments instruments, TimeProvider timeProvider, RecurringHealth? recurrences = null) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var store = maintenance is null ? null : await maintenance.GetHealthAsync(cancellationToken).ConfigureAwait(false);
        var losses = instruments.LeaseLosses.Get(timeProvider);
        var recurring = recurrences is { HasStore: true } ? await recurrences.GetAsync(cancellationToken).ConfigureAwait(false) : null;
        var (status, description) = JobsHealth.Judge(store, losses, options.Health, recurring);
        var data = new Dictionary<string, object> { ["leaseLosses"] = losses };
        if (recurring is not null)
        {
            data["oldestRecurrenceAge"] = recurring.OldestDueAge ?? TimeSpan.Zero;
        }

        if (store is not null)
        {
            instruments.OnStoreHealth(store);
            (data["oldestDueAge"], data["deadLetters"], data["suspects"]) = (store.OldestDueAge ?? TimeSpan.Zero, store.DeadLetters, store.Suspects);
        }

        // A host may say that these jobs are of less importance to it: then its word stands for the worst.
        return new HealthCheckResult(status == HealthStatus.Unhealthy ? context.Registration.FailureStatus : status, description, data: data);
    }
}
