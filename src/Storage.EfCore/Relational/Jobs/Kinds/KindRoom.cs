using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Kinds;

/// <summary>Represents how many jobs of a limited kind may still be claimed, while its row is locked.</summary>
internal sealed class KindRoom
{
    private const long Token = 1_000_000;
    private readonly Dictionary<string, long> _running = new(StringComparer.Ordinal);
    private readonly JobKindLimits _limits;
    private readonly long _tokens;
    private long _runs;

    private KindRoom(string kind, JobKindLimits limits, long tokens)
    {
        Kind = kind;
        _limits = limits;
        _tokens = tokens;
    }

    public string Kind { get; }

    public int Taken { get; private set; }

    /// <summary>Gets how many may be claimed.</summary>
    public int Room => (int)Math.Clamp(
        Math.Min(_limits.MaxRunning - _runs ?? long.MaxValue, HasRate ? TokensLeft / Token : long.MaxValue), 0, int.MaxValue);

    public bool HasRate => _limits.Rate is not null;

    /// <summary>Gets what the bucket holds after the claim, in millionths of a token.</summary>
    public long TokensLeft => _tokens - (Taken * Token);

    /// <summary>Gets the concurrency keys of which no more may run.</summary>
    public IReadOnlyList<string> FullKeys => _limits.MaxRunningPerKey is { } max ? [.. _running.Where(key => key.Value >= max).Select(key => key.Key)] : [];

    public static KindRoom Read(SqlReader row)
    {
        var limits = ReadLimits(row, 1);
        return new KindRoom(row.Text(0), limits, limits.Rate is null ? 0 : Refill(limits.Rate, row.Long(5), row.LongOrNull(6)));
    }

    public static JobKindLimits ReadLimits(SqlReader row, int ordinal) => new()
    {
        MaxRunning = row.IntegerOrNull(ordinal),
        MaxRunningPerKey = row.IntegerOrNull(ordinal + 1),
        Rate = row.IntegerOrNull(ordinal + 2) is { } starts ? new JobRateLimit(starts, TimeSpan.FromMicroseconds(row.Long(ordinal + 3))) : null,
    };

    /// <summary>Gets what a bucket holds when it is full, in millionths of a token.</summary>
    public static long FullBucket(JobRateLimit? rate) => (rate?.Starts ?? 0) * Token;

    /// <summary>Counts jobs that run already.</summary>
    public void AddRunning(string? key, long count)
    {
        _runs += count;
        if (key is not null)
        {
            _running[key] = _running.GetValueOrDefault(key) + count;
        }
    }

    /// <summary>Takes room for one job, where there is some.</summary>
    public bool TryTake(string? key)
    {
        if (Room == 0 || (key is not null && _limits.MaxRunningPerKey is { } max && _running.GetValueOrDefault(key) >= max))
        {
            return false;
        }

        _runs++;
        Taken++;
        if (key is not null)
        {
            _running[key] = _running.GetValueOrDefault(key) + 1;
        }

        return true;
    }

    /// <summary>Gives back what was taken for a job that is not claimed after all.</summary>
    public void GiveBack() => Taken--;

    /// <summary>Gets what a bucket holds after a time: never more than when it is full, and never a token early.</summary>
    private static long Refill(JobRateLimit rate, long tokens, long? elapsed)
    {
        var full = FullBucket(rate);
        var added = elapsed is null ? full : (long)Int128.Min(full, (Int128)Math.Max(0, elapsed.Value) * full / (long)rate.Per.TotalMicroseconds);
        return Math.Min(full, tokens + added);
    }
}
