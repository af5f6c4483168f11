using Switchyard.Jobs;
using Switchyard.Simulation.Time;

namespace Switchyard.Simulation.Cluster;

/// <summary>Makes ids from the seed and numbers every job in the order in which it is first heard of.</summary>
/// <remarks>
/// Ids that the store makes itself are random, and code may order things by an id's hash. So processes are shown an id from the
/// seed in place of each of these.
/// </remarks>
internal sealed class IdBook(Dice dice)
{
    // Any time but today's, so that no id of ours ties with one of the store's.
    private const long FirstMillisecond = 1_577_836_800_000;
    private readonly Dictionary<JobId, int> _numbers = [];
    private readonly Dictionary<JobId, JobId> _shown = [];
    private readonly Dictionary<JobId, JobId> _real = [];
    private readonly List<JobId> _ids = [];

    /// <summary>Gets the store's ids, by number.</summary>
    public IReadOnlyList<JobId> RealIds => _ids;

    /// <summary>Makes the id of a new job.</summary>
    public JobId Make()
    {
        var id = NewId();
        Add(id, id);
        return id;
    }

    public int NumberOf(JobId id)
    {
        if (!_numbers.TryGetValue(id, out var number))
        {
            number = Add(id, NewId());
        }

        return number;
    }

    public JobId Shown(JobId real)
    {
        NumberOf(real);
        return _shown[real];
    }

    public JobId Real(JobId shown) => _real.GetValueOrDefault(shown, shown);

    private int Add(JobId real, JobId shown)
    {
        var number = _ids.Count;
        _ids.Add(real);
        _numbers[real] = number;
        _numbers[shown] = number;
        _shown[real] = shown;
        _real[shown] = real;
        return number;
    }

    private JobId NewId()
    {
        var millisecond = FirstMillisecond + _ids.Count;
        Span<byte> rest = stackalloc byte[8];
        BitConverter.TryWriteBytes(rest, dice.Next());
        rest[0] = (byte)((rest[0] & 0x3F) | 0x80);
        return new JobId(new Guid((int)(millisecond >> 16), (short)millisecond, (short)(0x7000 | dice.Below(0x1000)), rest[0], rest[1], rest[2], rest[3], rest[4], rest[5], rest[6], rest[7]));
    }
}
