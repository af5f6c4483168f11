using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Enqueues jobs on whatever connection and transaction a session has.</summary>
internal static class JobInserts
{
    // A standing job may end between the insert that it blocked and the look-up that finds it gone; then the insert is repeated.
    private const int Rounds = 10;

    /// <summary>Enqueues.</summary>
    /// <param name="session">What to enqueue on.</param>
    /// <param name="requests">What to enqueue.</param>
    /// <param name="notifies">Whether the commit wakes other nodes; <see langword="false"/> where the caller does by <see cref="JobNotifier{TContext}"/>.</param>
    public static async Task<EnqueueResult[]> EnqueueAsync(StoreSession session, IReadOnlyList<JobRequest> requests, bool notifies = true)
    {
        var results = new EnqueueResult[requests.Count];
        var open = Enumerable.Range(0, requests.Count).ToList();
        for (var round = 0; open.Count > 0; round++)
        {
            if (round == Rounds)
            {
                throw new InvalidOperationException("Jobs with the same dedupe keys came and went too fast to enqueue others; repeat the call.");
            }

            var created = await InsertAsync(session, [.. open.Select(index => requests[index])], notifies).ConfigureAwait(false);
            foreach (var index in open.Where(index => created.Remove(requests[index].Id.Value)))
            {
                results[index] = new EnqueueResult(requests[index].Id, Created: true);
            }

            open.RemoveAll(index => results[index].Created);
            await SettleAsync(session, requests, results, open).ConfigureAwait(false);
        }

        return results;
    }

    /// <summary>Gets the rows that <see cref="JobSql.Insert"/> takes.</summary>
    public static SqlRows ToRows(IReadOnlyList<JobRequest> requests)
    {
        var rows = JobSql.NewJobs();
        foreach (var request in requests)
        {
            rows.Add(
                request.Id.Value, request.Kind, request.Payload, request.Priority, JobRow.Microseconds(request.Delay), request.NotBefore,
                request.MaxAttempts, request.Timeout is { } timeout ? JobRow.Microseconds(timeout) : null, request.DedupeKey, request.ConcurrencyKey,
                (request.RootId ?? request.Id).Value, request.ParentId?.Value, request.TraceParent, request.OnFailure?.Kind, request.OnFailure?.Payload);
        }

        return rows;
    }

    private static async Task<HashSet<Guid>> InsertAsync(StoreSession session, IReadOnlyList<JobRequest> requests, bool notifies)
    {
        var sql = JobSql.For(session.Dialect).Insert + (notifies && session.Dialect.Notify is { } notify ? ";\n" + notify : "");
        return [.. await session.Command(sql).With(ToRows(requests)).ReadAsync(row => row.Id(0)).ConfigureAwait(false)];
    }

    private static async Task SettleAsync(StoreSession session, IReadOnlyList<JobRequest> requests, EnqueueResult[] results, List<int> open)
    {
        if (open.Count == 0)
        {
            return;
        }

        var rows = JobSql.Standing();
        foreach (var request in open.Select(index => requests[index]))
        {
            rows.Add(request.Id.Value, request.Kind, request.DedupeKey);
        }

        var standing = await session.Command(JobSql.For(session.Dialect).FindStanding).With(rows)
            .ReadAsync(row => (Asked: row.Id(0), Stands: row.IdOrNull(1))).ConfigureAwait(false);
        var byRequest = standing.Where(row => row.Stands is not null).ToDictionary(row => row.Asked, row => row.Stands!.Value);
        open.RemoveAll(index =>
        {
            var found = byRequest.TryGetValue(requests[index].Id.Value, out var id);
            if (found)
            {
                results[index] = new EnqueueResult(new JobId(id), Created: false);
            }

            return found;
        });
    }
}
