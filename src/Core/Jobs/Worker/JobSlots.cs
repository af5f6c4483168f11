namespace Switchyard.Jobs.Worker;

/// <summary>Hands started jobs to free slots, in order, and holds those that have none yet.</summary>
internal sealed class JobSlots
{
    private readonly Lock _gate = new();
    private readonly Queue<RunningJob> _ready = new();
    private readonly Stack<JobSlot> _idle = new();
    private readonly HashSet<JobSlot> _busy = [];
    private readonly AdaptiveConcurrency _concurrency;
    private readonly TimeProvider _timeProvider;
    private readonly WakeUp _changed;
    private long _takenAt;
    private int _refillAt;

    /// <summary>Makes the slots. <paramref name="changed"/> is called when one is free or what is ready runs low.</summary>
    public JobSlots(int count, AdaptiveConcurrency concurrency, Func<RunningJob, ValueTask> run, WakeUp changed, TimeProvider timeProvider)
    {
        (_concurrency, _changed, _timeProvider) = (concurrency, changed, timeProvider);
        for (var slot = 0; slot < count; slot++)
        {
            _idle.Push(new JobSlot(this, run));
        }
    }

    /// <summary>Gets the monotonic time at which a slot last took a job.</summary>
    public long TakenAt => Volatile.Read(ref _takenAt);

    /// <summary>Gets how many handlers run.</summary>
    public int Busy
    {
        get
        {
            lock (_gate)
            {
                return _busy.Count;
            }
        }
    }

    /// <summary>Gets how many started jobs wait.</summary>
    public int Ready
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>Gets how many slots are free, how many of all will be within a short time, and how many started jobs wait.</summary>
    public (int Free, int Turning, int Ready) Look()
    {
        lock (_gate)
        {
            var stuck = 0;
            foreach (var slot in _busy)
            {
                stuck += _timeProvider.GetElapsedTime(slot.Since) >= ClaimPlan.LongestWait ? 1 : 0;
            }

            return (Math.Max(_concurrency.Limit - _busy.Count, 0), Math.Max(_concurrency.Limit - stuck, 0), _ready.Count);
        }
    }

    /// <summary>Adds started jobs, and asks for more when half of what is ready then is taken.</summary>
    public void Add(IReadOnlyList<RunningJob> jobs)
    {
        lock (_gate)
        {
            foreach (var job in jobs)
            {
                _ready.Enqueue(job);
            }

            while (_ready.Count > 0 && _busy.Count < _concurrency.Limit && _idle.TryPop(out var slot))
            {
                _busy.Add(slot);
                Take_NeedsLock(slot);
                ThreadPool.UnsafeQueueUserWorkItem(slot, preferLocal: false);
            }

            _refillAt = _ready.Count / 2;
        }
    }

    /// <summary>Gives a slot whose handler has ended its next job, or sets it free.</summary>
    public bool TryNext(JobSlot slot)
    {
        bool more;
        bool tell;
        lock (_gate)
        {
            more = _ready.Count > 0 && _busy.Count <= _concurrency.Limit;
            if (more)
            {
                Take_NeedsLock(slot);
            }
            else
            {
                _busy.Remove(slot);
                _idle.Push(slot);
            }

            tell = !more || _ready.Count == _refillAt;
        }

        if (tell)
        {
            _changed.Set();
        }

        return more;
    }

    /// <summary>Takes back the started jobs that wait for longer than a time.</summary>
    public IReadOnlyList<RunningJob> TakeBack(TimeSpan longerThan)
    {
        var taken = new List<RunningJob>();
        lock (_gate)
        {
            while (_ready.TryPeek(out var job) && _timeProvider.GetElapsedTime(job.BufferedAt) >= longerThan)
            {
                taken.Add(_ready.Dequeue());
            }
        }

        return taken;
    }

    private void Take_NeedsLock(JobSlot slot)
    {
        var now = _timeProvider.GetTimestamp();
        Volatile.Write(ref _takenAt, now);
        slot.Take(_ready.Dequeue(), now);
    }
}
