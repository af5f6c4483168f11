using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Worker;

public sealed class JobWorkerTelemetryTests
{
    [Fact]
    public async Task Span_of_a_run_is_linked_to_its_enqueuers()
    {
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == JobsDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = JobWorkerHost.Start((_, _, _) => Task.FromResult(JobRunResult.Succeeded()));
        using var enqueuer = new Activity("enqueuer").SetIdFormat(ActivityIdFormat.W3C).Start();

        var id = await host.EnqueueAsync();
        await host.ReachesAsync(id, JobState.Succeeded, TimeSpan.Zero);

        Assert.Equal(enqueuer.Id, (await host.GetAsync(id)).TraceParent);
        var span = Assert.Single(spans, span => Equals(span.GetTagItem(JobsDiagnostics.JobIdTag), id.ToString()));
        Assert.Equal(enqueuer.SpanId, Assert.Single(span.Links).Context.SpanId);
        Assert.Equal("succeeded", span.GetTagItem(JobsDiagnostics.OutcomeTag));
        Assert.NotEqual(enqueuer.TraceId, span.TraceId);
    }

    [Fact]
    public async Task Listeners_and_loggers_that_throw_break_no_work()
    {
        using var enqueuer = new Activity("enqueuer").SetIdFormat(ActivityIdFormat.W3C).Start();
        var (spansBroken, reportsBroken) = (0, 0);
        using var spans = new ActivityListener
        {
            // Only those that this test's jobs are linked to; tests beside it share the process.
            ShouldListenTo = source => source.Name == JobsDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Links?.Any(link => link.Context.TraceId == enqueuer.TraceId) == true ? throw Count(ref spansBroken) : ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(spans);
        await using var host = new JobWorkerHost(
            (payload, context, _) => payload == 0 || context.Attempt == 2 ? Task.FromResult(JobRunResult.Succeeded()) : throw new InvalidOperationException(),
            services: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new BrokenLogging())));
        using var metrics = new MeterListener
        {
            // Not the runtime's own: one of them counts exceptions while they are thrown, and a listener that throws there ends the process.
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == JobsDiagnostics.MeterName && ReferenceEquals(instrument.Meter.Scope, host.Metrics.Scope))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        metrics.SetMeasurementEventCallback<long>((_, _, _, _) => throw Count(ref reportsBroken));
        metrics.SetMeasurementEventCallback<double>((_, _, _, _) => throw Count(ref reportsBroken));
        metrics.Start();
        host.Start();

        var (good, bad) = (await host.EnqueueAsync(), await host.EnqueueAsync(1));
        await host.ReachesAsync(good, JobState.Succeeded);
        await host.ReachesAsync(bad, JobState.Succeeded);
        Assert.Equal(3, spansBroken);
        Assert.True(reportsBroken >= 12, $"{reportsBroken} reports were heard");
    }

    private static InvalidOperationException Count(ref int broken)
    {
        Interlocked.Increment(ref broken);
        return new InvalidOperationException();
    }

    private sealed class BrokenLogging : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => throw new InvalidOperationException();

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Break();

        private static void Break() => throw new InvalidOperationException();
    }
}
