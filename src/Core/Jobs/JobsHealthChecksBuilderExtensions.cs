using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Switchyard.Jobs;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Operations;
using Switchyard.Jobs.Recurring;
using Switchyard.Jobs.Upkeep;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health check of the durable kernel.</summary>
public static class JobsHealthChecksBuilderExtensions
{
    /// <summary>Checks how long due jobs wait, how many dead letters there are, and how many leases this process lost, and whether recurrences fire, by the bounds of <see cref="JobsOptions.Health"/>.</summary>
    /// <remarks>With a store that keeps no such figures the check is degraded, and says so. A store that can't be asked fails it.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What is reported in place of unhealthy; unhealthy where it is left out.</param>
    /// <param name="tags">The check's tags.</param>
    public static IHealthChecksBuilder AddSwitchyardJobs(
        this IHealthChecksBuilder builder, string name = "switchyard-jobs", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            services => new JobsHealthCheck(
                services.GetService<IJobMaintenance>(),
                services.GetRequiredService<IOptions<JobsOptions>>().Value,
                services.GetService<JobsInstruments>() ?? throw new InvalidOperationException("There are no jobs to check. Add them: builder.Services.AddJobs()."),
                services.GetRequiredService<TimeProvider>(),
                services.GetService<RecurringHealth>()),
            failureStatus,
            tags));
    }
}
