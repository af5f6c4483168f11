using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Tests;

/// <summary>Counts how often workers would have been woken.</summary>
internal sealed class TestSignal : IJobSignal
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Set() => Interlocked.Increment(ref _count);

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => throw new NotSupportedException();
}
