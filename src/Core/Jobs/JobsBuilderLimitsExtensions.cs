using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Limits kinds of jobs.</summary>
public static class JobsBuilderLimitsExtensions
{
    /// <summary>Limits how many jobs of a kind run at once or are claimed in a time, over all nodes together.</summary>
    /// <remarks>
    /// The worker stores the limits when it starts, before its first claim, in place of those that are stored; they hold for every node from
    /// then on, and stay until they are set again (<see cref="JobKindLimits.None"/> lifts them). Of two for one kind the later
    /// stands. A store that can't hold limits stops the start.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="kind">The kind, at most 128 characters.</param>
    /// <param name="limits">The limits.</param>
    public static IJobsBuilder AddKindLimits(this IJobsBuilder builder, string kind, JobKindLimits limits)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kind.Length, 128);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxRunning ?? 1, 1, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxRunningPerKey ?? 1, 1, nameof(limits));
        if (limits.Rate is { } rate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(rate.Starts, 1, nameof(limits));
            ArgumentOutOfRangeException.ThrowIfLessThan(rate.Per, TimeSpan.FromMilliseconds(1), nameof(limits));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(rate.Per, TimeSpan.FromDays(1), nameof(limits));
        }

        builder.Services.AddSingleton(new ConfiguredKindLimits(kind, limits));
        return builder;
    }
}
