using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Counts ended jobs by kind and state, in the transaction that ends them, where their statement doesn't do so by itself.</summary>
internal static class JobTallies
{
    public static Task AddAsync(StoreSession session, IReadOnlyList<EndedJob> jobs) =>
        session.Dialect.WritesInWith
            ? Task.CompletedTask
            : AddEndedAsync(session, jobs);

    /// <summary>Adds those of the jobs that have ended.</summary>
    public static Task AddEndedAsync(StoreSession session, IEnumerable<EndedJob> jobs) => AddAsync(
        session, jobs.Where(job => job.State >= JobState.Succeeded).CountBy(job => (job.Kind, job.State)).Select(count => KeyValuePair.Create(count.Key, (long)count.Value)));

    /// <summary>Adds numbers, negative ones for jobs that are removed.</summary>
    public static async Task AddAsync(StoreSession session, IEnumerable<KeyValuePair<(string Kind, JobState State), long>> counts)
    {
        var rows = JobSql.Tallies();
        foreach (var (key, count) in counts)
        {
            rows.Add(key.Kind, (int)key.State, count);
        }

        if (rows.Count > 0)
        {
            await session.Command(JobSql.For(session.Dialect).Tally).With(rows).ExecuteAsync().ConfigureAwait(false);
        }
    }
}
