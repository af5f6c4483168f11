using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Switchyard.Jobs.Diagnostics;

/// <summary>Reports what the kernel does. Nothing that listens can break it: a listener that throws is not heard.</summary>
internal sealed class JobsInstruments : IDisposable
{
    private readonly ActivitySource _source = new(JobsDiagnostics.ActivitySourceName);
    private readonly Counter<long> _claimed;
    private readonly Counter<long> _completed;
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _running;
    private readonly Counter<long> _leasesLost;
    private readonly Counter<long> _storeFailures;

    /// <summary>Makes the instruments, of a meter of their own where the host has no factory for one.</summary>
    public JobsInstruments(IMeterFactory? meters)
    {
        var meter = meters?.Create(JobsDiagnostics.MeterName) ?? new Meter(JobsDiagnostics.MeterName);
        _claimed = meter.CreateCounter<long>(JobsDiagnostics.Claimed, "{job}");
        _completed = meter.CreateCounter<long>(JobsDiagnostics.Completed, "{attempt}");
        _duration = meter.CreateHistogram<double>(JobsDiagnostics.Duration, "s");
        _running = meter.CreateUpDownCounter<long>(JobsDiagnostics.Running, "{job}");
        _leasesLost = meter.CreateCounter<long>(JobsDiagnostics.LeasesLost, "{lease}");
        _storeFailures = meter.CreateCounter<long>(JobsDiagnostics.StoreFailures, "{call}");
    }

    public void OnClaimed(string kind) => Unheard(() => _claimed.Add(1, Kind(kind)));

    public void OnStarted(string kind) => Unheard(() => _running.Add(1, Kind(kind)));

    public void OnStopped(string kind) => Unheard(() => _running.Add(-1, Kind(kind)));

    public void OnWritten(string kind, string outcome, TimeSpan elapsed) => Unheard(() =>
    {
        KeyValuePair<string, object?> tag = new(JobsDiagnostics.OutcomeTag, outcome);
        _completed.Add(1, Kind(kind), tag);
        _duration.Record(elapsed.TotalSeconds, Kind(kind), tag);
    });

    public void OnLeaseLost(string kind) => Unheard(() => _leasesLost.Add(1, Kind(kind)));

    public void OnStoreFailed(string operation) => Unheard(() => _storeFailures.Add(1, new KeyValuePair<string, object?>(JobsDiagnostics.OperationTag, operation)));

    /// <summary>Starts the span of an attempt, linked to its enqueuer's.</summary>
    public Activity? StartRun(ClaimedJob job)
    {
        Activity? activity = null;
        Unheard(() =>
        {
            ActivityLink[] links = ActivityContext.TryParse(job.TraceParent, null, isRemote: true, out var enqueuer) ? [new ActivityLink(enqueuer)] : [];
            activity = _source.StartActivity(JobsDiagnostics.RunActivity, ActivityKind.Consumer, default(ActivityContext), links: links);
            activity?.SetTag(JobsDiagnostics.KindTag, job.Kind);
            activity?.SetTag(JobsDiagnostics.JobIdTag, job.Lease.JobId.ToString());
            activity?.SetTag(JobsDiagnostics.AttemptTag, job.Attempt);
        });
        return activity;
    }

    /// <summary>Ends the span of an attempt.</summary>
    public static void StopRun(Activity? activity, string outcome, string? error) => Unheard(() =>
    {
        activity?.SetTag(JobsDiagnostics.OutcomeTag, outcome);
        if (error is not null)
        {
            // Not the text: it may quote data, and spans travel further than the store's rows.
            activity?.SetStatus(ActivityStatusCode.Error);
        }

        activity?.Dispose();
    });

    public void Dispose() => _source.Dispose();

    private static KeyValuePair<string, object?> Kind(string kind) => new(JobsDiagnostics.KindTag, kind);

    private static void Unheard(Action report)
    {
        try
        {
            report();
        }
        catch (Exception)
        {
            // Listeners run inside the report. What they throw is theirs; the work goes on.
        }
    }
}
