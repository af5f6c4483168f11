namespace Switchyard.Blobs.FileSystem;

/// <summary>Lets one writer of this process at a time replace an object's pointer, so that none leaves an old version behind.</summary>
/// <remarks>Nothing's correctness hangs on it: versions that two processes leave behind are swept.</remarks>
internal sealed class KeyLocks : IDisposable
{
    private const int Stripes = 64;
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<Held> EnterAsync(string key, CancellationToken cancellationToken)
    {
        var stripe = _stripes[(int)((uint)key.GetHashCode(StringComparison.Ordinal) % Stripes)];
        await stripe.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Held(stripe);
    }

    public void Dispose()
    {
        foreach (var stripe in _stripes)
        {
            stripe.Dispose();
        }
    }

    /// <summary>Releases the lock when it is disposed.</summary>
    internal readonly struct Held(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
