using Microsoft.EntityFrameworkCore;
using Switchyard.Ingest;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Jobs;

namespace Switchyard.Storage.EfCore.Ingest;

/// <summary>Stores ingest jobs in the database of a context.</summary>
internal sealed partial class EfIngestJobStore<TContext>(StoreSessions<TContext> sessions, JobNotifier<TContext> notifier, IJobSignal signal) : IIngestJobStore
    where TContext : DbContext
{
    public async Task<CreateJobResult> CreateAsync(NewIngestJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        try
        {
            return job.Idempotency is null
                ? await sessions.CommandAsync(session => InsertAsync(session, job.Job), cancellationToken).ConfigureAwait(false)
                : await sessions.WriteAsync(session => CreateAsync(session, job, job.Idempotency), cancellationToken).ConfigureAwait(false);
        }
        catch (DbUpdateException) when (job.Idempotency is not null)
        {
            // Another call with this key may have won the race: then its row is there now, and otherwise the failure is a real one.
            var winner = await sessions.ReadAsync(session => FindRepeatedAsync(session, job.Idempotency), cancellationToken).ConfigureAwait(false);
            if (winner is null)
            {
                throw;
            }

            return winner;
        }
    }

    public async Task<IngestJob?> FindAsync(Guid uid, CancellationToken cancellationToken)
    {
        // Nearly every start finds a job without runs, which one statement can read whole; the rest takes several, and a transaction.
        var (job, hasRuns) = await sessions.StatementAsync(session => FindNewAsync(session, uid), cancellationToken).ConfigureAwait(false);
        return hasRuns ? await sessions.ReadAsync(session => FindAsync(session, uid), cancellationToken).ConfigureAwait(false) : job;
    }

    public Task<IngestJobPage> ListAsync(IngestJobQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        string[] partners = [.. query.Partners.Select(partner => StoredText.Clean(partner))];
        return sessions.ReadAsync(
            async session =>
            {
                var wanted = session.Context.Set<IngestJobEntity>().AsNoTracking().Where(job => partners.Contains(job.Partner));
                var total = await wanted.LongCountAsync(session.Cancellation).ConfigureAwait(false);
                var page = await wanted.OrderByDescending(job => job.CreatedAt).ThenBy(job => job.Uid)
                    .Skip(query.Skip).Take(query.Limit).ToListAsync(session.Cancellation).ConfigureAwait(false);
                var runs = session.Context.Set<IngestRunEntity>();
                var last = runs.Where(run => !runs.Any(later => later.JobUid == run.JobUid && later.Number > run.Number));
                return new IngestJobPage(page.Count == 0 ? [] : await IngestRows.LoadAsync(session, page, last).ConfigureAwait(false), total);
            },
            cancellationToken);
    }

    private static async Task<CreateJobResult> CreateAsync(StoreSession session, NewIngestJob job, IdempotencyKey key)
    {
        var context = session.Context;
        await context.Set<IngestKeyEntity>().Where(old => old.CreatedAt < key.NotBefore).ExecuteDeleteAsync(session.Cancellation).ConfigureAwait(false);
        if (await FindRepeatedAsync(session, key).ConfigureAwait(false) is { } repeated)
        {
            return repeated;
        }

        context.Add(new IngestKeyEntity
        {
            Issuer = StoredText.Clean(key.Issuer),
            ClientId = StoredText.Clean(key.ClientId),
            Key = StoredText.Clean(key.Key),
            BodyHash = StoredText.Clean(key.BodyHash),
            JobUid = job.Job.Uid,
            CreatedAt = job.Job.CreatedAt,
        });
        await context.SaveChangesAsync(session.Cancellation).ConfigureAwait(false);
        return await InsertAsync(session, job.Job).ConfigureAwait(false);
    }

    private static async Task<CreateJobResult> InsertAsync(StoreSession session, IngestJob job)
    {
        var files = IngestSql.Files();
        foreach (var file in job.Files.Select(file => IngestRows.ToEntity(job.Uid, file)))
        {
            files.Add(file.Key, file.Name, file.ObjectKey, file.FrozenKey, file.Size);
        }

        var row = IngestRows.ToEntity(job);
        await session.Command(IngestSql.For(session.Dialect).Create)
            .With("uid", SqlType.Id, row.Uid).With("partner", SqlType.Text, row.Partner).With("tenant", SqlType.Text, row.Tenant)
            .With("bundle", SqlType.Text, row.Bundle).With("year", SqlType.Text, row.SchoolYear).With("params", SqlType.Text, row.Params)
            .With("snapshot", SqlType.Text, row.BundleSnapshot).With("prefix", SqlType.Text, row.StoragePrefix)
            .With("issuer", SqlType.Text, row.ClientIssuer).With("client", SqlType.Text, row.ClientId).With("name", SqlType.Text, row.ClientName)
            .With("at", SqlType.Instant, row.CreatedAt).With(files).ExecuteAsync().ConfigureAwait(false);
        return new CreateJobResult(CreateJobOutcome.Created, job with { Runs = [] });
    }

    private static async Task<CreateJobResult?> FindRepeatedAsync(StoreSession session, IdempotencyKey key)
    {
        var (issuer, client, name) = (StoredText.Clean(key.Issuer), StoredText.Clean(key.ClientId), StoredText.Clean(key.Key));
        var stored = await session.Context.Set<IngestKeyEntity>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Issuer == issuer && row.ClientId == client && row.Key == name && row.CreatedAt >= key.NotBefore, session.Cancellation)
            .ConfigureAwait(false);
        if (stored is null)
        {
            return null;
        }

        return stored.BodyHash == StoredText.Clean(key.BodyHash)
            ? new CreateJobResult(CreateJobOutcome.Repeated, await FindAsync(session, stored.JobUid).ConfigureAwait(false))
            : new CreateJobResult(CreateJobOutcome.KeyConflict, null);
    }

    private static async Task<(IngestJob? Job, bool HasRuns)> FindNewAsync(StoreSession session, Guid uid)
    {
        var rows = await session.Command(IngestSql.For(session.Dialect).FindNew).With("uid", SqlType.Id, uid)
            .ReadAsync(row => (Job: IngestRows.ReadJob(row, uid), HasRuns: row.Flag(11), File: IngestRows.ReadFile(row, uid, 12))).ConfigureAwait(false);
        return rows.Count == 0 ? default : (IngestRows.ToJob(rows[0].Job, rows.Select(row => row.File).OfType<IngestFileEntity>(), []), rows[0].HasRuns);
    }

    private static async Task<IngestJob?> FindAsync(StoreSession session, Guid uid)
    {
        var job = await session.Context.Set<IngestJobEntity>().AsNoTracking().SingleOrDefaultAsync(row => row.Uid == uid, session.Cancellation).ConfigureAwait(false);
        return job is null ? null : (await IngestRows.LoadAsync(session, [job], session.Context.Set<IngestRunEntity>()).ConfigureAwait(false))[0];
    }
}
