using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

internal sealed partial class InMemoryJobStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return database.ReadAsync<IReadOnlyList<ClaimedJob>>(
            now =>
            {
                TakeBack(request.Kinds, now);
                var chosen = new ClaimChoice(database, request.Kinds, now).Choose(request.MaxJobs);
                return [.. chosen.Select((row, index) => Claim(row, row.IsSuspect || Starts(row.Job, index, request), request, now))];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    private static bool Starts(Job job, int index, ClaimRequest request) =>
        index < request.StartAtOnce - request.StartAhead || (index < request.StartAtOnce && job.Attempt + 1 < job.MaxAttempts);

    public Task<IReadOnlyList<JobLease>> StartAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<JobLease>>(
            now =>
            {
                var started = new List<JobLease>(leases.Count);
                foreach (var lease in leases)
                {
                    if (database.Jobs.TryGetHeld(lease, out var row) && row.Job.LeaseExpiresAt > now)
                    {
                        database.Jobs.Update(row, row.Started ? row.Job : row.Job with { Attempt = row.Job.Attempt + 1 });
                        row.Started = true;
                        started.Add(lease);
                    }
                }

                return started;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LeaseRenewal>> RenewAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<LeaseRenewal>>(
            now =>
            {
                var renewed = new List<LeaseRenewal>(leases.Count);
                foreach (var held in leases)
                {
                    if (database.Jobs.TryGetHeld(held, out var row) && row.Job.LeaseExpiresAt > now)
                    {
                        database.Jobs.Update(row, row.Job with { LeaseExpiresAt = now + lease });
                        renewed.Add(new LeaseRenewal(held, row.Job.CancelRequested));
                    }
                }

                return renewed;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> ReleaseAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        database.WriteAsync(
            now =>
            {
                var released = 0;
                foreach (var lease in leases)
                {
                    if (database.Jobs.TryGetHeld(lease, out var row))
                    {
                        database.Jobs.Update(row, row.Started ? row.Job with { Attempt = row.Job.Attempt - 1 } : row.Job);
                        database.Jobs.Requeue(row, now);
                        released++;
                    }
                }

                return released;
            },
            cancellationToken);

    private void TakeBack(IReadOnlyList<string> kinds, DateTimeOffset now)
    {
        foreach (var row in kinds.SelectMany(kind => database.Jobs.Lanes.GetValueOrDefault(kind)?.Lost(now) ?? []))
        {
            TakeBack(row, now);
        }
    }

    private void TakeBack(JobRow row, DateTimeOffset now)
    {
        var job = row.Job with { LeaseToken = row.Job.LeaseToken + 1 };
        if (row.Started)
        {
            job = job with { LeasesLost = job.LeasesLost + 1, LastError = $"The lease of attempt {job.Attempt} was lost by {job.LeaseOwner}.", ErrorType = JobErrorTypes.LeaseLost };
        }

        database.Jobs.Update(row, job);
        if (row.Started && job.Attempt >= job.MaxAttempts && !job.CancelRequested)
        {
            database.Jobs.End(row, JobState.DeadLetter, now);
        }
        else
        {
            database.Jobs.Requeue(row, now);
        }
    }

    private ClaimedJob Claim(JobRow row, bool start, ClaimRequest request, DateTimeOffset now)
    {
        var attempt = row.Job.Attempt + 1;
        row.Started = start;
        database.Kinds.Find(row.Job.Kind)?.Bucket?.Take(now);
        database.Jobs.Update(row, row.Job with
        {
            State = JobState.Running, LeaseOwner = request.Owner, LeaseToken = row.Job.LeaseToken + 1, LeaseExpiresAt = now + request.Lease,
            Attempt = start ? attempt : row.Job.Attempt,
        });
        return new ClaimedJob
        {
            Lease = new JobLease(row.Job.Id, row.Job.LeaseToken), Kind = row.Job.Kind, Payload = row.Job.Payload, Attempt = attempt,
            MaxAttempts = row.Job.MaxAttempts, Started = start, Timeout = row.Job.Timeout, RootId = row.Job.RootId,
            TraceParent = row.Job.TraceParent, AvailableAt = row.Job.AvailableAt,
        };
    }
}
