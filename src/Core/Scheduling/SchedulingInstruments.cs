using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Switchyard.Scheduling;

/// <summary>Reports what scheduling does. Nothing that listens can break it: a listener that throws is not heard.</summary>
internal sealed class SchedulingInstruments : IDisposable
{
    private readonly ActivitySource _source = new(SchedulingDiagnostics.ActivitySourceName);
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _delay;
    private readonly Counter<long> _disabled;
    private readonly Counter<long> _replayed;
    private readonly Counter<long> _pruned;

    /// <summary>Makes the instruments, of a meter of their own where the host has no factory for one.</summary>
    public SchedulingInstruments(IMeterFactory? meters)
    {
        var meter = meters?.Create(SchedulingDiagnostics.MeterName) ?? new Meter(SchedulingDiagnostics.MeterName);
        _attempts = meter.CreateCounter<long>(SchedulingDiagnostics.Attempts, "{attempt}");
        _duration = meter.CreateHistogram<double>(SchedulingDiagnostics.AttemptDuration, "s");
        _delay = meter.CreateHistogram<double>(SchedulingDiagnostics.DeliveryDelay, "s");
        _disabled = meter.CreateCounter<long>(SchedulingDiagnostics.WebhooksDisabled, "{webhook}");
        _replayed = meter.CreateCounter<long>(SchedulingDiagnostics.Replayed, "{firing}");
        _pruned = meter.CreateCounter<long>(SchedulingDiagnostics.Pruned, "{row}");
    }

    /// <summary>Starts the span of an attempt.</summary>
    public Activity? StartAttempt(Execution execution)
    {
        Activity? activity = null;
        Report(() =>
        {
            activity = _source.StartActivity(SchedulingDiagnostics.DeliverActivity, ActivityKind.Client);
            activity?.SetTag(SchedulingDiagnostics.RootIdTag, execution.RootId.ToString("D"));
            activity?.SetTag(SchedulingDiagnostics.AttemptTag, execution.Attempt);
            activity?.SetTag(SchedulingDiagnostics.JobIdTag, execution.ScheduleId.ToString("D"));
        });
        return activity;
    }

    /// <summary>Ends the span of an attempt, and counts it unless it has no outcome.</summary>
    public void StopAttempt(Activity? activity, string? outcome, int? statusCode, TimeSpan elapsed) => Report(() =>
    {
        if (outcome is null)
        {
            activity?.Dispose();
            return;
        }

        KeyValuePair<string, object?> tag = new(SchedulingDiagnostics.OutcomeTag, outcome);
        _attempts.Add(1, tag);
        _duration.Record(elapsed.TotalSeconds, tag);
        activity?.SetTag(SchedulingDiagnostics.OutcomeTag, outcome);
        activity?.SetTag(SchedulingDiagnostics.StatusCodeTag, statusCode);
        if (outcome != "success")
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }

        activity?.Dispose();
    });

    /// <summary>Tells how long after its instant a first attempt began, by two clocks: what comes out negative is none.</summary>
    public void OnBegun(Execution execution, DateTimeOffset now) => Report(() =>
    {
        if (execution is { Attempt: 1, Trigger: ExecutionTrigger.Schedule })
        {
            _delay.Record(Math.Max((now - execution.ScheduledAt).TotalSeconds, 0));
        }
    });

    /// <summary>Counts an attempt that ended before a request was begun.</summary>
    public void OnNotSent() => Report(() => _attempts.Add(1, new KeyValuePair<string, object?>(SchedulingDiagnostics.OutcomeTag, "failure")));

    public void OnWebhookDisabled() => Report(() => _disabled.Add(1));

    public void OnReplayed(int firings) => Report(() => _replayed.Add(firings));

    public void OnPruned(int rows) => Report(() => _pruned.Add(rows));

    public void Dispose() => _source.Dispose();

    private static void Report(Action report)
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
