using System.Collections.Concurrent;

namespace Switchyard.Jobs.Worker;

/// <summary>Holds the claims of this process.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<JobLease, RunningJob> _jobs = new();

    public IEnumerable<RunningJob> All => _jobs.Values;

    public int Count => _jobs.Count;

    public void Add(RunningJob job) => _jobs[job.Lease] = job;

    public bool Contains(RunningJob job) => _jobs.ContainsKey(job.Lease);

    public bool Remove(RunningJob job) => _jobs.TryRemove(job.Lease, out _);
}
