using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Switchyard.Jobs.Diagnostics;

/// <summary>Reports what the kernel does. Nothing that listens can break it: a listener that throws is not heard.</summary>
internal sealed partial class JobsInstruments : IDisposable
{
    private readonly ActivitySource _source = new(JobsDiagnostics.ActivitySourceName);
    private readonly Counter<long> _claimed;
    private readonly Counter<long> _completed;
    private readonly Counter<long> _returned;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _pickupDelay;
    private readonly UpDownCounter<long> _running;
    private readonly UpDownCounter<long> _buffered;
    private readonly Counter<long> _leasesLost;
    private readonly Counter<long> _storeFailures;
    private readonly Counter<long> _pruned;

    /// <summary>Makes the instruments, of a meter of their own where the host has no factory for one.</summary>
    public JobsInstruments(IMeterFactory? meters)
    {
        var meter = meters?.Create(JobsDiagnostics.MeterName) ?? new Meter(JobsDiagnostics.MeterName);
        _claimed = meter.CreateCounter<long>(JobsDiagnostics.Claimed, "{job}");
        _completed = meter.CreateCounter<long>(JobsDiagnostics.Completed, "{attempt}");
        _returned = meter.CreateCounter<long>(JobsDiagnostics.Returned, "{job}");
        _duration = meter.CreateHistogram<double>(JobsDiagnostics.Duration, "s");
        _pickupDelay = meter.CreateHistogram<double>(JobsDiagnostics.PickupDelay, "s");
        _running = meter.CreateUpDownCounter<long>(JobsDiagnostics.Running, "{job}");
        _buffered = meter.CreateUpDownCounter<long>(JobsDiagnostics.Buffered, "{job}");
        _leasesLost = meter.CreateCounter<long>(JobsDiagnostics.LeasesLost, "{lease}");
        _storeFailures = meter.CreateCounter<long>(JobsDiagnostics.StoreFailures, "{call}");
        _pruned = meter.CreateCounter<long>(JobsDiagnostics.Pruned, "{job}");
        ShowStore(meter);
    }

    public void OnClaimed(string kind) => Count(_claimed, kind);

    public void OnBuffered(string kind, int change) => Count(_buffered, change, kind);

    public void OnReturned(string kind) => Count(_returned, kind);

    public void OnStarted(string kind) => Count(_running, 1, kind);

    public void OnStopped(string kind) => Count(_running, -1, kind);

    /// <summary>Tells how long a job was due before it ran, by two clocks: what comes out negative is none.</summary>
    public void OnPickedUp(string kind, DateTimeOffset due, TimeProvider timeProvider)
    {
        if (_pickupDelay.Enabled)
        {
            Record(_pickupDelay, Math.Max((timeProvider.GetUtcNow() - due).TotalSeconds, 0), Kind(kind));
        }
    }

    public void OnWritten(string kind, string outcome, TimeSpan? elapsed)
    {
        if (elapsed is not { } ran)
        {
            Count(_returned, kind);
            return;
        }

        if (_completed.Enabled || _duration.Enabled)
        {
            KeyValuePair<string, object?> tag = new(JobsDiagnostics.OutcomeTag, outcome);
            Record(_duration, ran.TotalSeconds, Kind(kind), tag);
            Count(_completed, Kind(kind), tag);
        }
    }

    public void OnLeaseLost(string kind)
    {
        LeaseLosses.Add();
        Count(_leasesLost, kind);
    }

    public void OnStoreFailed(string operation) => Count(_storeFailures, new KeyValuePair<string, object?>(JobsDiagnostics.OperationTag, operation));

    public void OnPruned(int jobs)
    {
        try
        {
            _pruned.Add(jobs);
        }
        catch (Exception)
        {
            // As in Count.
        }
    }

    public void Dispose() => _source.Dispose();

    private static KeyValuePair<string, object?> Kind(string kind) => new(JobsDiagnostics.KindTag, kind);

    private static void Count(Counter<long> counter, string kind)
    {
        if (counter.Enabled)
        {
            Count(counter, Kind(kind));
        }
    }

    private static void Count(Counter<long> counter, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            counter.Add(1, tags);
        }
        catch (Exception)
        {
            // Listeners run inside the report. What they throw is theirs; the work goes on.
        }
    }

    private static void Count(UpDownCounter<long> counter, int change, string kind)
    {
        try
        {
            if (counter.Enabled)
            {
                counter.Add(change, Kind(kind));
            }
        }
        catch (Exception)
        {
            // As above.
        }
    }

    private static void Record(Histogram<double> histogram, double value, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            histogram.Record(value, tags);
        }
        catch (Exception)
        {
            // As above.
        }
    }
}
