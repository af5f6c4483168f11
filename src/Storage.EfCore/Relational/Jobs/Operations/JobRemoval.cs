using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Removes ended jobs with all that belongs to them.</summary>
internal static class JobRemoval
{
    private const string LockName = "switchyard-history";

    /// <summary>Lets one transaction at a time work on the history: what it has counted stays true, and two never wait for each other's rows.</summary>
    public static Task LockAsync(StoreSession session) => session.Dialect.LockAsync(session.Context, LockName, session.Cancellation);

    /// <summary>Removes those of the jobs that have ended, with their journals and tallies.</summary>
    /// <returns>How many were removed.</returns>
    public static async Task<int> RemoveAsync(StoreSession session, IEnumerable<JobId> jobs)
    {
        var ids = RowsOf(jobs);
        if (ids.Count == 0)
        {
            return 0;
        }

        var sql = OperationSql.For(session.Dialect);
        var removed = await session.Command(sql.Remove).With(ids)
            .ReadAsync(row => (Id: new JobId(row.Id(0)), Kind: row.Text(1), State: (JobState)row.Integer(2))).ConfigureAwait(false);
        if (removed.Count > 0)
        {
            await session.Command(sql.RemoveJournals).With(RowsOf(removed.Select(job => job.Id))).ExecuteAsync().ConfigureAwait(false);
            await JobTallies.AddAsync(session, removed.CountBy(job => (job.Kind, job.State)).Select(count => KeyValuePair.Create(count.Key, -(long)count.Value))).ConfigureAwait(false);
        }

        return removed.Count;
    }

    public static SqlRows RowsOf(IEnumerable<JobId> ids)
    {
        var rows = OperationSql.Ids();
        foreach (var id in ids)
        {
            rows.Add(id.Value);
        }

        return rows;
    }
}
