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

            var asked = round == 0 ? requests : [.. open.Select(index => requests[index])];
            if (asked.Any(request => request.DedupeKey is not null))
            {
                await FreeKeysAsync(session, asked).ConfigureAwait(false);
            }

            var created = await InsertAsync(session, asked, notifies).ConfigureAwait(false);
            foreach (var index in open.Where(index => created.Remove(requests[index].Id.Value)))
            {
                results[index] = new EnqueueResult(requests[index].Id, Created: true);
            }

            open.RemoveAll(index => results[index].Created);
            await SettleAsync(session, requests, results, open).ConfigureAwait(false);
        }

        return results;
    }

    private static Task<int> FreeKeysAsync(StoreSession session, IEnumerable<JobRequest> requests) =>
        session.Command(JobSql.For(session.Dialect).FreeKeys).With(Standing(requests.Where(request => request.DedupeKey is not null))).ExecuteAsync();

    private static async Task<HashSet<Guid>> InsertAsync(StoreSession session, IReadOnlyList<JobRequest> requests, bool notifies)
    {
        var sql = JobSql.For(session.Dialect).Insert + (notifies && session.Dialect.Notify is { } notify ? ";\n" + notify : "");
        return [.. await session.Command(sql).With(ToRows(requests)).ReadAsync(row => row.Id(0)).ConfigureAwait(false)];
    }

    /// <summary>Gets the rows that <see cref="JobSql.Insert"/> takes.</summary>
    public static SqlRows ToRows(IReadOnlyList<JobRequest> requests)
    {
        return JobSql.NewJobs().Set(
            Of(request => request.Id.Value),
            Of(request => request.Kind),
            Of(request => request.Payload),
            Of(request => request.Priority),
            Of(request => JobRow.Microseconds(request.Delay)),
            Of(request => request.NotBefore),
            Of(request => request.MaxAttempts),
            Of(request => JobRow.Microseconds(request.Timeout)),
            Of(request => request.DedupeKey),
            Of(request => JobRow.Microseconds(request.DedupeFor)),
            Of(request => request.ConcurrencyKey),
            Of(request => (request.RootId ?? request.Id).Value),
            Of(request => request.ParentId?.Value),
            Of(request => request.TraceParent),
            Of(request => request.OnFailure?.Kind),
            Of(request => request.OnFailure?.Payload));

        T[] Of<T>(Func<JobRequest, T> value)
        {
            var values = new T[requests.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = value(requests[i]);
            }

            return values;
        }
    }

    private static async Task SettleAsync(StoreSession session, IReadOnlyList<JobRequest> requests, EnqueueResult[] results, List<int> open)
    {
        if (open.Count == 0)
        {
            return;
        }

        var standing = await session.Command(JobSql.For(session.Dialect).FindStanding).With(Standing(open.Select(index => requests[index])))
            .ReadAsync(row => row.IdOrNull(1)).ConfigureAwait(false);
        for (var i = 0; i < standing.Count; i++)
        {
            if (standing[i] is { } id)
            {
                results[open[i]] = new EnqueueResult(new JobId(id), Created: false);
            }
        }

        open.RemoveAll(index => results[index] != default);
    }

    private static SqlRows Standing(IEnumerable<JobRequest> requests)
    {
        var rows = JobSql.Standing();
        foreach (var request in requests)
        {
            rows.Add(request.Id.Value, request.Kind, request.DedupeKey);
        }

        return rows;
    }
}
