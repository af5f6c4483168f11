using System.Data.Common;
using Switchyard.Scheduling;

namespace Switchyard.Storage.EfCore.Scheduling;

internal sealed partial class EfExecutionStore<TContext>
{
    private const int MostBegunAtOnce = 500;
    private GroupedCalls<AttemptStart, Delivery?>? _begins;

    /// <remarks>An attempt that is stored, as all are but those that follow a lost worker's, begins by one statement, which those that begin meanwhile share.</remarks>
    public async Task<Delivery?> BeginAsync(AttemptStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        return await BeginWithOthersAsync(start, cancellationToken).ConfigureAwait(false)
            ?? await BeginAloneAsync(start, cancellationToken).ConfigureAwait(false);
    }

    /// <returns><see langword="null"/> also where it has to be tried alone.</returns>
    private async Task<Delivery?> BeginWithOthersAsync(AttemptStart start, CancellationToken cancellationToken)
    {
        if (!sessions.Dialect.WritesInWith)
        {
            return null;
        }

        var begins = LazyInitializer.EnsureInitialized(ref _begins, () => new GroupedCalls<AttemptStart, Delivery?>(BeginManyAsync, MostBegunAtOnce));
        try
        {
            return await begins.RunAsync(start, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException)
        {
            // What made the others fail need not be ours; what is ours fails again.
            return null;
        }
    }

    private async Task<IReadOnlyList<Delivery?>> BeginManyAsync(IReadOnlyList<AttemptStart> starts)
    {
        AttemptStart[] apart = [.. starts.DistinctBy(start => (start.RootId, start.Attempt))];
        var rows = ExecutionSql.Starts().Set(
            Array.ConvertAll(apart, start => start.RootId), Array.ConvertAll(apart, start => start.Attempt),
            Array.ConvertAll(apart, start => (DateTimeOffset?)start.At), Array.ConvertAll(apart, start => StoredText.Clean(start.WorkerId, 255)));
        var begun = await sessions.StatementAsync(
            session => Command(session, sql => sql.BeginMany).With(rows).ReadAsync(ReadDelivery), CancellationToken.None, writes: true).ConfigureAwait(false);
        var byAttempt = begun.ToDictionary(delivery => (delivery.Execution.RootId, delivery.Execution.Attempt));
        return [.. starts.Select(start => byAttempt.GetValueOrDefault((start.RootId, start.Attempt)))];
    }

    private static Delivery ReadDelivery(SqlReader row) => new(
        ExecutionRow.Read(row, ScheduleRow.ColumnCount + WebhookRow.ColumnCount), ScheduleRow.Read(row), WebhookRow.Read(row, ScheduleRow.ColumnCount));

    private async Task<Delivery?> BeginAloneAsync(AttemptStart start, CancellationToken cancellationToken)
    {
        return await sessions.StatementAsync(session => BeginStoredAsync(session, start), cancellationToken, writes: true).ConfigureAwait(false)
            ?? await sessions.WriteAsync(session => BeginNewAsync(session, start), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Delivery?> BeginStoredAsync(StoreSession session, AttemptStart start)
    {
        var begin = Command(session, sql => sql.Begin)
            .With("at", SqlType.Instant, start.At).With("worker", SqlType.Text, StoredText.Clean(start.WorkerId, 255))
            .With("root", SqlType.Id, start.RootId).With("attempt", SqlType.Number, start.Attempt);
        if (session.Dialect.WritesInWith)
        {
            return (await begin.ReadAsync(ReadDelivery).ConfigureAwait(false)).FirstOrDefault();
        }

        if (await begin.ReadAsync(ExecutionRow.Read).ConfigureAwait(false) is not [var begun])
        {
            return null;
        }

        return (await session.Command(ScheduleSql.For(session.Dialect).FindForDelivery)
            .With("webhook", SqlType.Id, begun.WebhookId).With("schedule", SqlType.Id, begun.ScheduleId)
            .ReadAsync(row => new Delivery(begun, ScheduleRow.Read(row), WebhookRow.Read(row, ScheduleRow.ColumnCount))).ConfigureAwait(false)).FirstOrDefault();
    }

    /// <summary>Stores an attempt that nobody has, after ends of those before it, whose workers are lost.</summary>
    private static async Task<Delivery?> BeginNewAsync(StoreSession session, AttemptStart start)
    {
        var accounts = await ExecutionWrites.KeepSchedulesOfAsync(session, [start.RootId]).ConfigureAwait(false);
        await Command(session, sql => sql.LockFiring).With("root", SqlType.Id, start.RootId).ReadAsync(row => row.Id(0)).ConfigureAwait(false);
        var lasts = await Command(session, sql => sql.LastOf).With("root", SqlType.Id, start.RootId).ReadAsync(ExecutionRow.Read).ConfigureAwait(false);
        if (lasts is not [var last] || last.Attempt > start.Attempt || accounts.Count == 0
            || (last.Attempt == start.Attempt ? last.IsEnded() : last.Status is ExecutionStatus.Success or ExecutionStatus.DeadLetter))
        {
            return null;
        }

        if (last.Attempt < start.Attempt)
        {
            await AttemptEnds.ApplyAsync(session, [new AttemptEnded
            {
                RootId = start.RootId, Attempt = last.Attempt, Status = ExecutionStatus.Failure, At = start.At, Error = ExecutionRow.LostError,
            }]).ConfigureAwait(false);
            var next = last.Next(start.At, null) with { Id = ExecutionIds.Attempt(start.RootId, start.Attempt), Attempt = start.Attempt };
            await ExecutionWrites.InsertAsync(session, [next], accounts).ConfigureAwait(false);
        }

        return await BeginStoredAsync(session, start).ConfigureAwait(false);
    }
}
