using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Scheduling.Receivers;

namespace Switchyard.Scheduling;

/// <summary>Listens to the whole process: no other test runs meanwhile, since a span that is listened to changes what is sent.</summary>
[CollectionDefinition(nameof(SchedulingInstrumentsTests), DisableParallelization = true)]
[Collection(nameof(SchedulingInstrumentsTests))]
public sealed class SchedulingInstrumentsTests
{
    [Fact]
    public async Task Attempts_are_counted_by_outcome_and_their_span_goes_to_the_receiver()
    {
        var measured = new ConcurrentQueue<string>();
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(500));
        await using var host = await SchedulingHost.StartAsync(options => options.MaxAttempts = 2, services => services.AddMetrics());
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory && instrument.Meter.Name == SchedulingDiagnostics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue($"{instrument.Name} {value} {Outcome(tags)}"));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue($"{instrument.Name} {Outcome(tags)}"));
        meters.Start();
        var spans = new ConcurrentQueue<Activity>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SchedulingDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(activities);

        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.Kernel.RunAllAsync();

        Assert.Equal(
            [
                "switchyard.scheduling.delivery_delay ", "switchyard.scheduling.attempts 1 failure", "switchyard.scheduling.attempt.duration failure",
                "switchyard.scheduling.attempts 1 dead_letter", "switchyard.scheduling.attempt.duration dead_letter",
            ],
            measured);
        var root = (await host.ExecutionsAsync(schedule.Id))[0].RootId.ToString();
        var mine = spans.Where(span => (string?)span.GetTagItem(SchedulingDiagnostics.RootIdTag) == root).ToArray();
        Assert.Equal(mine.Select(span => span.Id), receiver.Requests.Select(request => request.Headers["traceparent"]));
        Assert.Equal([500, 500], mine.Select(span => span.GetTagItem(SchedulingDiagnostics.StatusCodeTag)).Cast<int>());
        Assert.All(mine, span => Assert.Equal((ActivityKind.Client, ActivityStatusCode.Error), (span.Kind, span.Status)));
    }

    private static object? Outcome(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == SchedulingDiagnostics.OutcomeTag)
            {
                return value;
            }
        }

        return null;
    }
}
