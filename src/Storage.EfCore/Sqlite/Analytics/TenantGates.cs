using System.Collections.Concurrent;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

/// <summary>Lets one load at a time write a tenant's file, so that loads of this process never run into SQLite's lock.</summary>
internal sealed class TenantGates
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    public async Task<IDisposable> EnterAsync(string path, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(path, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Entry(gate);
    }

    private sealed class Entry(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
