using Switchyard.Ingest;
using Switchyard.InMemory.Jobs;

namespace Switchyard.InMemory.Ingest;

/// <summary>Keeps ingest jobs in the memory of this process.</summary>
internal sealed class InMemoryIngestJobStore(InMemoryDatabase database, IngestTables tables) : IIngestJobStore
{
    /// <inheritdoc/>
    public Task<CreateJobResult> CreateAsync(NewIngestJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        cancellationToken.ThrowIfCancellationRequested();
        lock (database.Gate)
        {
            if (job.Idempotency is { } key && Repeat(key) is { } repeated)
            {
                return Task.FromResult(repeated);
            }

            var stored = job.Job with { Files = [.. job.Job.Files.OrderBy(file => file.Key, StringComparer.Ordinal)], Runs = [] };
            tables.Jobs.Add(stored.Uid, stored);
            if (job.Idempotency is { } used)
            {
                tables.IdempotencyKeys.Add(
                    (used.Issuer, used.ClientId, used.Key), new IdempotencyRow(used.BodyHash, stored.Uid, stored.CreatedAt));
            }

            return Task.FromResult(new CreateJobResult(CreateJobOutcome.Created, stored));
        }
    }

    /// <inheritdoc/>
    public Task<IngestJob?> FindAsync(Guid uid, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (database.Gate)
        {
            return Task.FromResult(tables.Jobs.TryGetValue(uid, out var job) ? job with { Runs = [.. tables.RunsOf(uid)] } : null);
        }
    }

    /// <inheritdoc/>
    public Task<IngestJobPage> ListAsync(IngestJobQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        lock (database.Gate)
        {
            var jobs = tables.Jobs.Values
                .Where(job => query.Partners.Contains(job.Partner, StringComparer.Ordinal))
                .OrderByDescending(job => job.CreatedAt)
                .ThenBy(job => job.Uid)
                .ToArray();
            var page = jobs.Skip(query.Skip).Take(query.Limit).Select(job => job with { Runs = [.. tables.RunsOf(job.Uid).TakeLast(1)] });
            return Task.FromResult(new IngestJobPage([.. page], jobs.Length));
        }
    }

    /// <inheritdoc/>
    public Task<StartRunOutcome> StartAsync(StartRun start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        cancellationToken.ThrowIfCancellationRequested();
        JobRequestLimits.Check(start.Enqueue);
        StartRunOutcome outcome;
        lock (database.Gate)
        {
            outcome = Start_NeedsLock(start);
        }

        if (outcome == StartRunOutcome.Started)
        {
            database.Wake();
        }

        return Task.FromResult(outcome);
    }

    private CreateJobResult? Repeat(IdempotencyKey key)
    {
        foreach (var old in tables.IdempotencyKeys.Where(entry => entry.Value.StoredAt < key.NotBefore).Select(entry => entry.Key).ToArray())
        {
            tables.IdempotencyKeys.Remove(old);
        }

        return !tables.IdempotencyKeys.TryGetValue((key.Issuer, key.ClientId, key.Key), out var row) ? null
            : row.BodyHash == key.BodyHash ? new(CreateJobOutcome.Repeated, tables.Jobs[row.JobUid] with { Runs = [.. tables.RunsOf(row.JobUid)] })
            : new(CreateJobOutcome.KeyConflict, null);
    }

    private StartRunOutcome Start_NeedsLock(StartRun start)
    {
        if (!tables.Jobs.TryGetValue(start.JobUid, out var job))
        {
            throw new ArgumentException($"There is no ingest job {start.JobUid}.", nameof(start));
        }

        // A repeated call finds its own run.
        if (tables.Runs.ContainsKey(start.RunUid))
        {
            return StartRunOutcome.Started;
        }

        if (tables.RunsOf(job.Uid).Any(run => !run.IsFinished))
        {
            return StartRunOutcome.AlreadyRunning;
        }

        var frozen = start.Frozen.ToDictionary(file => file.Key, StringComparer.Ordinal);
        if (job.Files.Count(file => file.FrozenKey is null && frozen.ContainsKey(file.Key)) != frozen.Count)
        {
            return StartRunOutcome.FilesChanged;
        }

        tables.Jobs[job.Uid] = job with { Files = [.. job.Files.Select(file => Freeze(file, frozen))] };
        var run = new IngestRun { Uid = start.RunUid, JobUid = job.Uid, Status = IngestRunStatus.New, CreatedAt = start.At };
        tables.Runs.Add(start.RunUid, new IngestRunRow(run, tables.Runs.Count));
        database.Jobs.Enqueue(start.Enqueue, database.GetUtcNow());
        return StartRunOutcome.Started;
    }

    private static IngestFile Freeze(IngestFile file, Dictionary<string, FrozenFile> frozen) =>
        frozen.TryGetValue(file.Key, out var copy) ? file with { FrozenKey = copy.FrozenKey, Size = copy.Size } : file;
}
