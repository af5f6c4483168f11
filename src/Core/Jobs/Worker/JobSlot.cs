namespace Switchyard.Jobs.Worker;

/// <summary>A place for one handler at a time; it runs job after job on the thread pool for as long as any are ready.</summary>
internal sealed class JobSlot(JobSlots slots, Func<RunningJob, ValueTask> run) : IThreadPoolWorkItem
{
    private RunningJob? _job;
    private long _since;

    /// <summary>Gets the monotonic time since which the present handler runs.</summary>
    public long Since => Volatile.Read(ref _since);

    /// <summary>Gives the slot its next job; the caller queues it to the pool, or goes on with it.</summary>
    public void Take(RunningJob job, long now)
    {
        Volatile.Write(ref _since, now);
        _job = job;
    }

    public void Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        do
        {
            await run(_job!).ConfigureAwait(false);
            _job = null;
        }
        while (slots.TryNext(this));
    }
}
