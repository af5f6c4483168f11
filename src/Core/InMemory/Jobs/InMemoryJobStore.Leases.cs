using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

internal sealed partial class InMemoryJobStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ReadAsync<IReadOnlyList<ClaimedJob>>(
            now =>
            {
                TakeBack(request.Kinds, now);
                var claimed = ChooseDue(request, now).ToArray();
                return [.. claimed.Select((row, index) => Claim(row, row.IsSuspect || index < request.StartAtOnce, request, now))];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobLease>> StartAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<JobLease>>(
            now =>
            {
                var started = new List<JobLease>(leases.Count);
                foreach (var lease in leases)
                {
                    if (database.Jobs.TryGetHeld(lease, out var row) && row.Job.LeaseExpiresAt > now)
                    {
                        row.Job = row.Started ? row.Job : row.Job with { Attempt = row.Job.Attempt + 1 };
                        row.Started = true;
                        started.Add(lease);
                    }
                }

                return started;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LeaseRenewal>> RenewAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<LeaseRenewal>>(
            now =>
            {
                var renewed = new List<LeaseRenewal>(leases.Count);
                foreach (var held in leases)
                {
                    if (database.Jobs.TryGetHeld(held, out var row) && row.Job.LeaseExpiresAt > now)
                    {
                        row.Job = row.Job with { LeaseExpiresAt = now + lease };
                        renewed.Add(new LeaseRenewal(held, row.Job.CancelRequested));
                    }
                }

                return renewed;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> ReleaseAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        WriteAsync(
            now =>
            {
                var released = 0;
                foreach (var lease in leases)
                {
                    if (database.Jobs.TryGetHeld(lease, out var row))
                    {
                        row.Job = row.Started ? row.Job with { Attempt = row.Job.Attempt - 1 } : row.Job;
                        database.Jobs.Requeue(row, now);
                        released++;
                    }
                }

                return released;
            },
            cancellationToken);

    private void TakeBack(IReadOnlyList<string> kinds, DateTimeOffset now)
    {
        foreach (var row in database.Jobs.Unfinished(kinds).Where(row => row.Job.State == JobState.Running && row.Job.LeaseExpiresAt <= now).ToArray())
        {
            row.Job = row.Job with { LeaseToken = row.Job.LeaseToken + 1 };
            if (row.Started)
            {
                row.Job = row.Job with { LeasesLost = row.Job.LeasesLost + 1, LastError = $"The lease of attempt {row.Job.Attempt} was lost by {row.Job.LeaseOwner}." };
            }

            if (row.Started && row.Job.Attempt >= row.Job.MaxAttempts && !row.Job.CancelRequested)
            {
                database.Jobs.End(row, JobState.DeadLetter, now);
            }
            else
            {
                database.Jobs.Requeue(row, now);
            }
        }
    }

    private IEnumerable<JobRow> ChooseDue(ClaimRequest request, DateTimeOffset now)
    {
        var due = database.Jobs.Unfinished(request.Kinds).Where(row => row.Job.State == JobState.Queued && row.Job.AvailableAt <= now).Order(JobRowOrder.Instance).ToArray();
        return due is [{ IsSuspect: true }, ..] ? due.Take(Math.Min(1, request.MaxJobs)) : due.Where(row => !row.IsSuspect).Take(request.MaxJobs);
    }

    private static ClaimedJob Claim(JobRow row, bool start, ClaimRequest request, DateTimeOffset now)
    {
        var attempt = row.Job.Attempt + 1;
        row.Started = start;
        row.Job = row.Job with
        {
            State = JobState.Running, LeaseOwner = request.Owner, LeaseToken = row.Job.LeaseToken + 1, LeaseExpiresAt = now + request.Lease,
            Attempt = start ? attempt : row.Job.Attempt,
        };
        return new ClaimedJob
        {
            Lease = new JobLease(row.Job.Id, row.Job.LeaseToken), Kind = row.Job.Kind, Payload = row.Job.Payload, Attempt = attempt,
            MaxAttempts = row.Job.MaxAttempts, Started = start, Timeout = row.Job.Timeout, RootId = row.Job.RootId,
            TraceParent = row.Job.TraceParent, AvailableAt = row.Job.AvailableAt,
        };
    }
}
