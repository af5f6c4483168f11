using System.Diagnostics.Metrics;
using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs.Diagnostics;

internal sealed partial class JobsInstruments
{
    private JobStoreHealth? _store;

    /// <summary>Gets the losses of leases of this process, for its health.</summary>
    public RecentCount LeaseLosses { get; } = new();

    /// <summary>Keeps how the store was doing when it was last asked, for the gauges.</summary>
    public void OnStoreHealth(JobStoreHealth health) => Volatile.Write(ref _store, health);

    private void ShowStore(Meter meter)
    {
        meter.CreateObservableGauge(JobsDiagnostics.Suspects, () => Of(static health => health.Suspects), "{job}");
        meter.CreateObservableGauge(JobsDiagnostics.DeadLetters, () => Of(static health => health.DeadLetters), "{job}");
        meter.CreateObservableGauge(JobsDiagnostics.OldestDueAge, () => Of(static health => health.OldestDueAge?.TotalSeconds ?? 0), "s");
    }

    /// <summary>Shows nothing before the store was asked.</summary>
    private IEnumerable<Measurement<T>> Of<T>(Func<JobStoreHealth, T> figure)
        where T : struct
        => Volatile.Read(ref _store) is { } health ? [new Measurement<T>(figure(health))] : [];
}
