using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Worker;

/// <summary>Sums what one host's meter counts.</summary>
internal sealed class JobsMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly ConcurrentDictionary<string, double> _latest = new();

    public JobsMetrics(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        Scope = factory;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == JobsDiagnostics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            foreach (var tag in tags)
            {
                _sums.AddOrUpdate($"{instrument.Name}:{tag.Value}", value, (_, sum) => sum + value);
            }
        });
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _latest[instrument.Name] = value);
        _listener.Start();
    }

    /// <summary>Gets what tells this host's meter from those of hosts beside it.</summary>
    public object Scope { get; }

    /// <summary>Gets the sum of an instrument, or of one of its tags' values: <c>name:value</c>.</summary>
    public long this[string name] => _sums.GetValueOrDefault(name);

    /// <summary>Gets the latest value of an instrument of real numbers; gauges are read first.</summary>
    public double? Latest(string name)
    {
        _listener.RecordObservableInstruments();
        return _latest.TryGetValue(name, out var value) ? value : null;
    }

    public void Dispose() => _listener.Dispose();
}
