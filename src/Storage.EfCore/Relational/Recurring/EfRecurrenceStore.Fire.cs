using Switchyard.Jobs.Recurring;

namespace Switchyard.Storage.EfCore.Recurring;

internal sealed partial class EfRecurrenceStore<TContext>
{
    /// <remarks>Where nothing is due that costs one look at the first entry of the index, and no transaction.</remarks>
    public async Task<RecurrenceTick> FireAsync(
        int limit, IReadOnlyList<string>? kinds, Func<IReadOnlyList<DueRecurrence>, DateTimeOffset, IReadOnlyList<RecurrenceFiring>> plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var (now, first) = await sessions.StatementAsync(PeekAsync, cancellationToken).ConfigureAwait(false);
        if (first is null || first > now)
        {
            return new RecurrenceTick(0, 0, now, first);
        }

        // Alone, because a feature's effects may be users' own code.
        var (tick, enqueued) = await sessions.WriteAsync(session => FireAsync(session, limit, kinds, plan), cancellationToken, alone: true).ConfigureAwait(false);
        if (enqueued)
        {
            signal.Set();
        }

        return tick;
    }

    private async Task<(RecurrenceTick Tick, bool Enqueued)> FireAsync(
        StoreSession session, int limit, IReadOnlyList<string>? kinds, Func<IReadOnlyList<DueRecurrence>, DateTimeOffset, IReadOnlyList<RecurrenceFiring>> plan)
    {
        var due = kinds is null ? Command(session, sql => sql.Due) : Command(session, sql => sql.DueOfKinds).With("kinds", kinds);
        var (clock, rows) = await due.With("max", SqlType.Number, limit).ReadAsync(row => row.Instant(0), RecurrenceRow.ReadDue).ConfigureAwait(false);
        var now = rows is [var (_, _, read), ..] ? read : clock;
        var (fired, enqueued) = (0, false);
        if (rows.Count > 0)
        {
            var planned = plan(await CompleteAsync(session, rows).ConfigureAwait(false), now);
            (fired, enqueued) = await firings.RecordAsync(session, planned).ConfigureAwait(false);
            await AdvanceAsync(session, planned).ConfigureAwait(false);
        }

        var next = rows.Count == limit ? [] : await Command(session, sql => sql.NextLook).With("now", SqlType.Instant, now)
            .ReadAsync(row => row.Instant(0)).ConfigureAwait(false);
        return (new RecurrenceTick(rows.Count, fired, now, next is [var at] ? at : null), enqueued);
    }

    /// <summary>Adds targets and whether work is unfinished, by one statement each for all of them.</summary>
    private static async Task<DueRecurrence[]> CompleteAsync(
        StoreSession session, List<(Recurrence Recurrence, DateTimeOffset? LookAt, DateTimeOffset Now)> rows)
    {
        var ids = RecurrenceSql.Ids().Set(rows.Select(row => row.Recurrence.Id).ToArray());
        var targets = (await Command(session, sql => sql.TargetsOf).With(ids).ReadAsync(row => (Id: row.Id(0), Target: row.Id(1))).ConfigureAwait(false))
            .ToLookup(row => row.Id, row => row.Target);
        var keys = RecurrenceSql.Keys();
        foreach (var (recurrence, _, _) in rows.Where(row => row.Recurrence.OverlapPolicy != OverlapPolicy.Allow))
        {
            keys.Add(recurrence.Id, DueRecurrence.ConcurrencyKeyOf(recurrence.Id));
        }

        HashSet<Guid> busy = keys.Count == 0 ? [] : [.. await Command(session, sql => sql.Busy).With(keys).ReadAsync(row => row.Id(0)).ConfigureAwait(false)];
        return [.. rows.Select(row => new DueRecurrence(row.Recurrence, [.. targets[row.Recurrence.Id]], busy.Contains(row.Recurrence.Id)) { LookAt = row.LookAt })];
    }

    private static Task<int> AdvanceAsync(StoreSession session, IReadOnlyList<RecurrenceFiring> planned)
    {
        var rows = RecurrenceSql.Firings().Set(
            planned.Select(firing => firing.RecurrenceId).ToArray(),
            planned.Select(firing => firing.NextAt).ToArray(),
            planned.Select(firing => firing.LookAt ?? firing.NextAt).ToArray(),
            planned.Select(firing => firing.LastAt).ToArray());
        return Command(session, sql => sql.Advance).With(rows).ExecuteAsync();
    }

    private static async Task<(DateTimeOffset Now, DateTimeOffset? First)> PeekAsync(StoreSession session) =>
        (await Command(session, sql => sql.Peek).ReadAsync(row => (row.Instant(0), row.InstantOrNull(1))).ConfigureAwait(false))[0];
}
