using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Sums up, now and then, the tallies of ended jobs, which are otherwise only ever added.</summary>
internal static class TallyCompaction
{
    /// <summary>Few enough for a small transaction, many enough to keep up with hundreds of completions a second.</summary>
    private const int CompactedAtOnce = 10_000;

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

        if (many.Count > 0)
        {
            // What another node has summed up meanwhile isn't returned, and so isn't counted twice.
            var removed = await Command(session, sql => sql.RemoveTallies).With(many)
                .ReadAsync(row => (Kind: row.Text(0), State: (JobState)row.Integer(1), Count: row.Long(2))).ConfigureAwait(false);
            var sums = removed.GroupBy(row => (row.Kind, row.State), row => row.Count).Select(group => KeyValuePair.Create(group.Key, group.Sum()));
            await JobTallies.AddAsync(session, sums.Where(sum => sum.Value != 0)).ConfigureAwait(false);
        }
    }

    private static SqlCommand Command(StoreSession session, Func<OperationSql, string> statement) => session.Command(statement(OperationSql.For(session.Dialect)));
}
