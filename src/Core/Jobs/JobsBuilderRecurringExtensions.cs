using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Jobs.Recurring.Templates;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds jobs that are enqueued again and again.</summary>
public static class JobsBuilderRecurringExtensions
{
    /// <summary>Registers a job that is enqueued as a cron expression says, by one of the nodes.</summary>
    /// <remarks>
    /// It is stored when the host starts, also by several nodes at once, in place of what the name had before. Whether it is enabled stays
    /// as it is stored. One that is no longer registered goes on until <see cref="IRecurringJobs.RemoveAsync"/> is called with its name.
    /// </remarks>
    /// <typeparam name="TPayload">The payload's type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, which is its identity over all nodes and starts. At most 100 characters.</param>
    /// <param name="expression">The cron expression, such as <c>0 2 * * *</c>; six fields have seconds first.</param>
    /// <param name="timeZone">The IANA name of the zone that it is read in, such as <c>America/New_York</c>.</param>
    /// <param name="kind">The kind of the job.</param>
    /// <param name="payload">The payload of each job, written by <see cref="JobPayload.Serialize{TPayload}(TPayload)"/>. It may not hold secrets.</param>
    /// <param name="configure">Sets the rest, for example <c>job =&gt; job with { OverlapPolicy = OverlapPolicy.Skip }</c>.</param>
    /// <exception cref="FormatException">The expression or the zone can't be read; the message names the field.</exception>
    public static IJobsBuilder AddRecurring<TPayload>(
        this IJobsBuilder builder, string name, string expression, string timeZone, string kind, TPayload payload,
        Func<RecurringJobDefinition, RecurringJobDefinition>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var definition = new RecurringJobDefinition
        {
            Name = name, Expression = expression, TimeZone = timeZone, Kind = kind, Payload = JobPayload.Serialize(payload),
        };
        definition = configure?.Invoke(definition) ?? definition;
        RecurringJobRules.Check(definition);
        builder.Services.AddSingleton(definition);
        return builder;
    }
}
