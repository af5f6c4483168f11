using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Keeps the numbers of ended jobs by kind and state, as rows that are only ever added and now and then summed up.</summary>
internal static class JobTallies
{
    /// <summary>Few enough for a small transaction, many enough to keep up with hundreds of completions a second.</summary>
    private const int CompactedAtOnce = 10_000;

    public static async Task AddAsync(StoreSession session, IEnumerable<(string Kind, JobState State, long Count)> changes)
    {
        var rows = OperationSql.Tallies();
        foreach (var pair in changes.GroupBy(change => (change.Kind, change.State), change => change.Count))
        {
            var count = pair.Sum();
            if (count != 0)
            {
                rows.Add(pair.Key.Kind, (int)pair.Key.State, count);
            }
        }

        if (rows.Rows.Count > 0)
        {
            await Command(session, sql => sql.AddTallies).With(rows).ExecuteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Replaces the oldest rows of each kind and state by their sum; readers see the one or the other.</summary>
    public static async Task CompactAsync(StoreSession session)
    {
        var rows = await Command(session, sql => sql.ReadTallies).With("limit", SqlType.Number, CompactedAtOnce)
            .ReadAsync(row => (Id: row.Long(0), Kind: row.Text(1), State: row.Integer(2))).ConfigureAwait(false);
        var many = OperationSql.TallyIds();
        foreach (var row in rows.GroupBy(row => (row.Kind, row.State)).Where(pair => pair.Skip(1).Any()).SelectMany(pair => pair))
        {
            many.Add(row.Id);
        }

        if (many.Rows.Count > 0)
        {
            // What another node has summed up meanwhile isn't returned, and so isn't counted twice.
            var removed = await Command(session, sql => sql.RemoveTallies).With(many)
                .ReadAsync(row => (row.Text(0), (JobState)row.Integer(1), row.Long(2))).ConfigureAwait(false);
            await AddAsync(session, removed).ConfigureAwait(false);
        }
    }

    private static SqlCommand Command(StoreSession session, Func<OperationSql, string> statement) => session.Command(statement(OperationSql.For(session.Dialect)));
}
