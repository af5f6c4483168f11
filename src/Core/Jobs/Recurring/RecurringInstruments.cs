using System.Diagnostics;
using System.Diagnostics.Metrics;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Recurring;

/// <summary>Reports how the firing goes, and keeps what its health is judged by. Nothing that listens can break it.</summary>
internal sealed class RecurringInstruments : IDisposable
{
    private static readonly string[] Outcomes = ["fired", "coalesced", "skipped_misfire", "skipped_overlap", "skipped_disabled"];
    private readonly ActivitySource _source = new(JobsDiagnostics.ActivitySourceName);
    private readonly TimeProvider _timeProvider;
    private readonly Counter<long> _occurrences;
    private readonly Counter<long> _putOff;
    private readonly Histogram<double> _lateness;
    private readonly Histogram<double> _batchDuration;
    private Tick? _last;

    public RecurringInstruments(IMeterFactory? meters, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        var meter = meters?.Create(JobsDiagnostics.MeterName) ?? new Meter(JobsDiagnostics.MeterName);
        _occurrences = meter.CreateCounter<long>(RecurringDiagnostics.Occurrences, "{occurrence}");
        _putOff = meter.CreateCounter<long>(RecurringDiagnostics.PutOff, "{recurrence}");
        _lateness = meter.CreateHistogram<double>(RecurringDiagnostics.Lateness, "s");
        _batchDuration = meter.CreateHistogram<double>(RecurringDiagnostics.BatchDuration, "s");
        meter.CreateObservableGauge(
            RecurringDiagnostics.TickAge, () => TickAge is { } age ? [new Measurement<double>(age.TotalSeconds)] : Array.Empty<Measurement<double>>(), "s");
    }

    public DateTimeOffset? LastTickAt => Volatile.Read(ref _last)?.At;

    public TimeSpan? TickAge => Volatile.Read(ref _last) is { } last ? _timeProvider.GetElapsedTime(last.Timestamp) : null;

    /// <summary>Gets how many recurrences were put off of late, for the health of this process.</summary>
    public RecentCount PutOffs { get; } = new();

    public Activity? StartFiring()
    {
        try
        {
            return _source.StartActivity(RecurringDiagnostics.FireActivity, ActivityKind.Internal);
        }
        catch (Exception)
        {
            // A listener's fault: there is no span then.
            return null;
        }
    }

    public void OnTick() => Volatile.Write(ref _last, new Tick(_timeProvider.GetUtcNow(), _timeProvider.GetTimestamp()));

    /// <summary>Reports what one transaction stored.</summary>
    public void OnFired(IEnumerable<RecurrenceFiring> firings, TimeSpan elapsed) => Report(() =>
    {
        _batchDuration.Record(elapsed.TotalSeconds);
        var counts = new long[Outcomes.Length];
        foreach (var occurrence in firings.SelectMany(firing => firing.Occurrences).Select(planned => planned.Occurrence))
        {
            counts[(int)occurrence.Outcome] += occurrence.Count;
            if (occurrence.Outcome == OccurrenceOutcome.Fired)
            {
                _lateness.Record((occurrence.RecordedAt - occurrence.FirstAt).TotalSeconds);
            }
        }

        for (var outcome = 0; outcome < counts.Length; outcome++)
        {
            if (counts[outcome] > 0)
            {
                _occurrences.Add(counts[outcome], new KeyValuePair<string, object?>(RecurringDiagnostics.OutcomeTag, Outcomes[outcome]));
            }
        }
    });

    public void OnPutOff()
    {
        PutOffs.Add();
        Report(() => _putOff.Add(1));
    }

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

    private sealed record Tick(DateTimeOffset At, long Timestamp);
}
