using System.Diagnostics;

namespace Switchyard.Benchmarks.Blobs;

/// <summary>Watches by how much this process's resident memory grows over what it is now.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private readonly long _before;
    private readonly ITimer _timer;
    private long _peak;

    public MemoryWatch()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _before = Resident();
        _peak = _before;
        _timer = TimeProvider.System.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public long Growth
    {
        get
        {
            Look();
            return Interlocked.Read(ref _peak) - _before;
        }
    }

    public void Dispose() => _timer.Dispose();

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private void Look()
    {
        var now = Resident();
        for (var peak = Interlocked.Read(ref _peak); now > peak; peak = Interlocked.Read(ref _peak))
        {
            Interlocked.CompareExchange(ref _peak, now, peak);
        }
    }
}
