using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Switchyard.Jobs.Operations;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Jobs.Upkeep;

/// <summary>Judges figures by their bounds. Pure.</summary>
internal static class JobsHealth
{
    /// <summary>Judges how the jobs are doing; the worst figure decides, and each that is out of bounds is named.</summary>
    /// <param name="store">What the store says; <see langword="null"/> where it keeps no figures.</param>
    /// <param name="leaseLosses">How many leases this process lost of late.</param>
    /// <param name="bounds">From where on a figure is bad.</param>
    /// <param name="recurring">How the firing goes; <see langword="null"/> where the store keeps no recurrences.</param>
    public static (HealthStatus Status, string Description) Judge(JobStoreHealth? store, int leaseLosses, JobsHealthOptions bounds, RecurringStatus? recurring = null)
    {
        var findings = new List<(HealthStatus Status, string Text)>
        {
            Compare(leaseLosses, bounds.DegradedLeaseLosses, bounds.UnhealthyLeaseLosses, $"{leaseLosses} leases were lost in the last minutes"),
        };
        if (store is null)
        {
            findings.Add((HealthStatus.Degraded, "the store keeps no figures and removes no ended jobs: it brings no IJobMaintenance"));
        }
        else
        {
            var age = store.OldestDueAge ?? TimeSpan.Zero;
            findings.Add(Compare(age, bounds.DegradedDueAge, bounds.UnhealthyDueAge, string.Create(CultureInfo.InvariantCulture, $"a job has been due for {age.TotalSeconds:0} s")));
            findings.Add(Compare(store.DeadLetters, bounds.DegradedDeadLetters, bounds.UnhealthyDeadLetters, $"there are {store.DeadLetters} dead letters"));
        }

        if (recurring is not null)
        {
            var age = recurring.OldestDueAge ?? TimeSpan.Zero;
            findings.Add(Compare(age, bounds.DegradedRecurrenceAge, bounds.UnhealthyRecurrenceAge, string.Create(CultureInfo.InvariantCulture, $"a recurrence should have fired {age.TotalSeconds:0} s ago")));
            findings.Add((recurring.Failures > 0 && bounds.DegradedRecurrenceAge is not null ? HealthStatus.Degraded : HealthStatus.Healthy, "a recurrence can't be planned, and the log says which"));
        }

        // The worse a status the lower its number.
        var bad = findings.FindAll(finding => finding.Status != HealthStatus.Healthy);
        return bad.Count == 0
            ? (HealthStatus.Healthy, "Jobs are run as they come due.")
            : (bad.Min(finding => finding.Status), $"Jobs: {string.Join("; ", bad.Select(finding => finding.Text))}.");
    }

    private static (HealthStatus Status, string Text) Compare<T>(T figure, T? degraded, T? unhealthy, string text)
        where T : struct, IComparable<T>
        => (figure switch
        {
            _ when unhealthy is { } bound && figure.CompareTo(bound) >= 0 => HealthStatus.Unhealthy,
            _ when degraded is { } bound && figure.CompareTo(bound) >= 0 => HealthStatus.Degraded,
            _ => HealthStatus.Healthy,
        }, text);
}
