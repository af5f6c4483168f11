using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>A worker under measurement, in a process of its own, that does what it is told line by line: <see cref="WorkerProcess"/>.</summary>
internal sealed class WorkerProgram : IDisposable
{
    /// <summary>What this program is told so as to be a worker; it is on no list.</summary>
    public const string Verb = "jobs-worker";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly MeterListener _meters = new();
    private readonly Lock _output = new();
    private readonly ITimer _timer;
    private long _succeeded;
    private long _last;
    private int _tells;

    // Metrics are on: what the listener hears is also how the end is seen, as outcomes are reported once they are written.
    private WorkerProgram()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == JobsDiagnostics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((_, _, _, _) => { });
        _meters.Start();
        _timer = TimeProvider.System.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Obeys until its input ends, so that it doesn't outlive whoever started it.</summary>
    public static async Task<int> RunAsync()
    {
        using var program = new WorkerProgram();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line.Split('\t') is ["start", var engine, var connectionString, var concurrency])
            {
                await program.WorkAsync(JobsDatabase.Of(engine, connectionString), int.Parse(concurrency, CultureInfo.InvariantCulture));
            }
        }

        return 0;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _meters.Dispose();
    }

    // From the worker's start, connections and all; building the container comes before it.
    private async Task WorkAsync(JobsDatabase database, int concurrency)
    {
        using var host = JobsHost.Create(database, concurrency);
        Volatile.Write(ref _succeeded, 0);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        Say($"started\t{TimeProvider.System.GetTimestamp()}");
        await host.StartAsync();
        while (await Console.In.ReadLineAsync() is not (null or "stop"))
        {
        }

        process.Refresh();
        var used = process.TotalProcessorTime - before;
        await host.StopAsync();
        Say(string.Create(CultureInfo.InvariantCulture, $"stopped\t{Volatile.Read(ref _succeeded)}\t{Volatile.Read(ref _last)}\t{used.TotalMicroseconds}"));
    }

    private void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument.Name != JobsDiagnostics.Completed)
        {
            return;
        }

        foreach (var tag in tags)
        {
            if (tag.Key == JobsDiagnostics.OutcomeTag && tag.Value is "succeeded")
            {
                Interlocked.Add(ref _succeeded, value);
                Volatile.Write(ref _last, TimeProvider.System.GetTimestamp());
                if (Interlocked.Exchange(ref _tells, 1) == 0)
                {
                    _timer.Change(Interval, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }

    // Only where there is news: a timer that goes on would be most of what an idle worker does.
    private void Tell()
    {
        Volatile.Write(ref _tells, 0);
        Say(string.Create(CultureInfo.InvariantCulture, $"at\t{Volatile.Read(ref _succeeded)}"));
    }

    private void Say(string line)
    {
        lock (_output)
        {
            Console.WriteLine(line);
        }
    }
}
