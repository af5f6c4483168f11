using Switchyard.Scheduling;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Counts ended executions by account and status, in the transaction that ends or removes them.</summary>
internal static class ExecutionTallies
{
    /// <summary>Few enough for a small transaction, many enough to keep up between two prunings.</summary>
    private const int CompactedAtOnce = 10_000;

    /// <summary>Counts those of the executions that have ended.</summary>
    public static Task AddAsync(StoreSession session, IEnumerable<Execution> executions, Dictionary<Guid, Guid> accounts) =>
        AddAsync(session, executions.Where(ExecutionRow.IsEnded).Select(execution => new Tally(
            accounts[execution.ScheduleId], (int)execution.Status, ExecutionRow.StartOf(execution), ExecutionRow.EndOf(execution), 1)));

    /// <summary>Takes off executions that were removed.</summary>
    public static Task RemoveAsync(
        StoreSession session, IEnumerable<(Guid Schedule, int Status, DateTimeOffset? Start, DateTimeOffset? End)> removed, Dictionary<Guid, Guid> accounts) =>
        AddAsync(session, removed.Select(row => new Tally(accounts[row.Schedule], row.Status, row.Start, row.End, -1)));

    /// <summary>Replaces the oldest rows of each account and status by their sum; readers see the one or the other.</summary>
    public static async Task CompactAsync(StoreSession session)
    {
        var rows = await Command(session, sql => sql.ReadTallies).With("max", SqlType.Number, CompactedAtOnce)
            .ReadAsync(row => (Id: row.Long(0), Account: row.Id(1), Status: row.Integer(2))).ConfigureAwait(false);
        long[] many = [.. rows.GroupBy(row => (row.Account, row.Status)).Where(group => group.Skip(1).Any()).SelectMany(group => group).Select(row => row.Id)];
        if (many.Length > 0)
        {
            // What another node has summed up meanwhile isn't returned, and so isn't counted twice.
            var removed = await Command(session, sql => sql.RemoveTallies).With(ExecutionSql.TallyIds().Set(many))
                .ReadAsync(row => (Account: row.Id(0), Status: row.Integer(1), Count: row.Long(2), Timed: row.Long(3), Duration: row.Long(4))).ConfigureAwait(false);
            var sums = ExecutionSql.Tallies();
            foreach (var group in removed.GroupBy(row => (row.Account, row.Status)))
            {
                sums.Add(group.Key.Account, group.Key.Status, group.Sum(row => row.Count), group.Sum(row => row.Timed), group.Sum(row => row.Duration));
            }

            await WriteAsync(session, sums).ConfigureAwait(false);
        }
    }

    private static Task AddAsync(StoreSession session, IEnumerable<Tally> tallies)
    {
        var rows = ExecutionSql.Tallies();
        foreach (var group in tallies.GroupBy(tally => (tally.Account, tally.Status, tally.Sign)))
        {
            var sign = group.Key.Sign;
            rows.Add(
                group.Key.Account, group.Key.Status, sign * (long)group.Count(), sign * (long)group.Count(tally => tally.Duration is not null),
                sign * group.Sum(tally => tally.Duration ?? 0));
        }

        return WriteAsync(session, rows);
    }

    private static Task WriteAsync(StoreSession session, SqlRows rows) =>
        rows.Count == 0 ? Task.CompletedTask : Command(session, sql => sql.AddTallies).With(rows).ExecuteAsync();

    private static SqlCommand Command(StoreSession session, Func<ExecutionSql, string> statement) => session.Command(statement(ExecutionSql.For(session.Dialect)));

    private readonly record struct Tally(Guid Account, int Status, DateTimeOffset? Start, DateTimeOffset? End, int Sign)
    {
        /// <summary>Gets the microseconds that a successful one took.</summary>
        public long? Duration => Status == (int)ExecutionStatus.Success && Start is { } start && End is { } end
            ? (ExecutionRow.Cut(end) - ExecutionRow.Cut(start)).Ticks / TimeSpan.TicksPerMicrosecond
            : null;
    }
}
