using System.Collections.Concurrent;

namespace Switchyard.Tokens;

/// <summary>Remembers verified tokens by their hash, a bounded number of them; those not used of late give way (clock algorithm).</summary>
/// <remarks>Reads take no lock. Only tokens with a good signature get in, so that no flood of forged ones pushes them out.</remarks>
internal sealed class RememberedTokens(int capacity)
{
    private readonly ConcurrentDictionary<TokenHash, Entry> _entries = new();
    private readonly Entry?[] _clock = new Entry?[capacity];
    private readonly Lock _gate = new();
    private int _hand;

    public int Count => _entries.Count;

    /// <summary>Gets what a token was found to be, unless it has expired since.</summary>
    public TokenResult.Valid? Find(in TokenHash hash, DateTimeOffset now)
    {
        if (capacity == 0 || !_entries.TryGetValue(hash, out var entry) || now >= entry.Until)
        {
            return null;
        }

        entry.UsedOfLate = true;
        return entry.Result;
    }

    /// <summary>Remembers a token until an instant.</summary>
    public void Add(in TokenHash hash, TokenResult.Valid result, DateTimeOffset until, DateTimeOffset now)
    {
        if (capacity == 0)
        {
            return;
        }

        var entry = new Entry(hash, result, until);
        lock (_gate)
        {
            if (!_entries.TryAdd(hash, entry))
            {
                return;
            }

            var slot = FreeSlot_NeedsLock(now);
            if (_clock[slot] is { } evicted)
            {
                _entries.TryRemove(evicted.Hash, out _);
            }

            _clock[slot] = entry;
        }
    }

    // Ends after two rounds at most: the first clears every mark.
    private int FreeSlot_NeedsLock(DateTimeOffset now)
    {
        while (true)
        {
            var slot = _hand;
            _hand = (_hand + 1) % capacity;
            if (_clock[slot] is not { UsedOfLate: true } entry || now >= entry.Until)
            {
                return slot;
            }

            entry.UsedOfLate = false;
        }
    }

    private sealed class Entry(TokenHash hash, TokenResult.Valid result, DateTimeOffset until)
    {
        public TokenHash Hash { get; } = hash;

        public TokenResult.Valid Result { get; } = result;

        public DateTimeOffset Until { get; } = until;

        public volatile bool UsedOfLate;
    }
}
