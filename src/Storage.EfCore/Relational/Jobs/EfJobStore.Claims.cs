using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Jobs.Kinds;

namespace Switchyard.Storage.EfCore.Jobs;

internal sealed partial class EfJobStore<TContext>
{
    private const string LostError = "The lease ran out before the attempt reported an outcome: its process died, hung, or lost the database.";

    /// <summary>Whether the last claim met a kind with limits, so that the next one needs care from the start.</summary>
    private volatile bool _metLimits;

    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.MaxJobs <= 0 || request.Kinds.Count == 0)
        {
            return [];
        }

        request = request with { MaxJobs = Math.Min(request.MaxJobs, JobSql.MaxClaimed) };
        if (Dialect.RunsCommandsWhole && !_metLimits)
        {
            var (needsCare, plain) = await sessions.StatementAsync(
                session => ClaimPlainly(session, request).ReadAsync(row => row.Flag(0), JobRow.ReadClaimed), cancellationToken, writes: true).ConfigureAwait(false);
            if (!needsCare || plain.Count > 0)
            {
                return InOrder(plain);
            }
        }

        var (claimed, enqueued) = await sessions.WriteAsync(session => ClaimAsync(session, request), cancellationToken).ConfigureAwait(false);
        SetSignal(enqueued);
        return InOrder(claimed);
    }

    private static SqlCommand ClaimPlainly(StoreSession session, ClaimRequest request) =>
        Claim(session.CommandInOrder(JobSql.For(session.Dialect).Claim), request)
            .With("kinds", request.Kinds)
            .With("max", SqlType.Number, request.MaxJobs)
            .With("start", SqlType.Number, request.StartAtOnce)
            .With("ahead", SqlType.Number, request.StartAhead);

    /// <summary>Claims in a transaction, with as much care as is needed.</summary>
    private async Task<(List<(ClaimedJob Job, int Priority)> Claimed, bool Enqueued)> ClaimAsync(StoreSession session, ClaimRequest request) =>
        Dialect.RunsCommandsWhole || (await Command(session, sql => sql.NeedsCare).With("kinds", request.Kinds).ReadAsync(row => row.Flag(0)).ConfigureAwait(false))[0]
            ? await ClaimCarefullyAsync(session, request).ConfigureAwait(false)
            : (await ClaimPlainly(session, request).ReadAsync(JobRow.ReadClaimed).ConfigureAwait(false), false);

    /// <summary>Claims where leases ran out, suspects are due or kinds have limits: step by step, in one transaction.</summary>
    private async Task<(List<(ClaimedJob Job, int Priority)> Claimed, bool Enqueued)> ClaimCarefullyAsync(StoreSession session, ClaimRequest request)
    {
        var lost = await Command(session, sql => sql.TakeBack)
            .With("error", SqlType.Text, LostError)
            .With("error_type", SqlType.Text, JobErrorTypes.LeaseLost)
            .With("kinds", request.Kinds)
            .ReadAsync(EndedJob.Read).ConfigureAwait(false);
        var enqueued = await EndAsync(session, lost).ConfigureAwait(false);
        if (Dialect.ReadsInOrder is { } inOrder)
        {
            await session.Command("select " + inOrder).ExecuteAsync().ConfigureAwait(false);
        }

        var rooms = await Command(session, sql => sql.LockKinds).With("kinds", request.Kinds).ReadAsync(KindRoom.Read).ConfigureAwait(false);
        var due = await Command(session, sql => sql.FindDue)
            .With("kinds", request.Kinds)
            .With("max", SqlType.Number, request.MaxJobs)
            .ReadAsync(DueJob.Read).ConfigureAwait(false);
        foreach (var room in rooms)
        {
            due.AddRange(await FindDueAsync(session, room, request.MaxJobs).ConfigureAwait(false));
        }

        _metLimits = rooms.Count > 0;
        var chosen = DueJob.Choose(due, request.MaxJobs);
        foreach (var left in due.Except(chosen))
        {
            left.Room?.GiveBack();
        }

        var claimed = await TakeAsync(session, chosen, request).ConfigureAwait(false);
        foreach (var room in rooms.Where(room => room.HasRate && room.Taken > 0))
        {
            await Command(session, sql => sql.Spend).With("kind", SqlType.Text, room.Kind).With("tokens", SqlType.BigNumber, room.TokensLeft).ExecuteAsync().ConfigureAwait(false);
        }

        return (claimed, enqueued);
    }

    /// <summary>Finds due jobs of a limited kind that there is room for.</summary>
    /// <remarks>Each round either finds all there are, fills the room, or fills a key, whose jobs the next one passes over.</remarks>
    private static async Task<List<DueJob>> FindDueAsync(StoreSession session, KindRoom room, int max)
    {
        foreach (var (key, count) in await Command(session, sql => sql.CountRunning).With("kind", SqlType.Text, room.Kind)
            .ReadAsync(row => (row.TextOrNull(0), row.Long(1))).ConfigureAwait(false))
        {
            room.AddRunning(key, count);
        }

        var found = new List<DueJob>();
        var seen = new HashSet<JobId>();
        while (room.Room > 0 && found.Count < max)
        {
            var limit = Math.Min(room.Room, max) + found.Count;
            var due = await Command(session, sql => sql.FindDueOfKind)
                .With("kind", SqlType.Text, room.Kind)
                .With("full", room.FullKeys)
                .With("max", SqlType.Number, limit)
                .ReadAsync(DueJob.Read).ConfigureAwait(false);
            var isNews = false;
            foreach (var job in due.Where(job => seen.Add(job.Id)))
            {
                isNews = true;
                if (room.TryTake(job.ConcurrencyKey))
                {
                    found.Add(job with { Room = room });
                }
            }

            if (!isNews || due.Count < limit)
            {
                break;
            }
        }

        return found;
    }

    private static async Task<List<(ClaimedJob Job, int Priority)>> TakeAsync(StoreSession session, IReadOnlyList<DueJob> chosen, ClaimRequest request)
    {
        if (chosen.Count == 0)
        {
            return [];
        }

        var rows = JobSql.Takes();
        for (var i = 0; i < chosen.Count; i++)
        {
            rows.Add(chosen[i].Id.Value, i < request.StartAtOnce - request.StartAhead || chosen[i].IsSuspect || (i < request.StartAtOnce && !chosen[i].IsLastAttempt));
        }

        return await Claim(ByKey(session, sql => sql.Take), request).With(rows).ReadAsync(JobRow.ReadClaimed).ConfigureAwait(false);
    }

    private static SqlCommand Claim(SqlCommand command, ClaimRequest request) =>
        command
            .With("owner", SqlType.Text, request.Owner)
            .With("lease", SqlType.BigNumber, JobRow.Microseconds(request.Lease));

    private static ClaimedJob[] InOrder(List<(ClaimedJob Job, int Priority)> claimed)
    {
        claimed.Sort(static (one, other) =>
        {
            var order = other.Priority.CompareTo(one.Priority);
            order = order != 0 ? order : one.Job.AvailableAt.CompareTo(other.Job.AvailableAt);
            return order != 0 ? order : one.Job.Lease.JobId.Value.CompareTo(other.Job.Lease.JobId.Value);
        });
        return [.. claimed.Select(row => row.Job)];
    }
}
