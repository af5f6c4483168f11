using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Switchyard.Storage.EfCore.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Kinds;

/// <summary>Stores limits and pauses of kinds in the database of a context; the claims of the job store read them.</summary>
internal sealed class EfJobKindStore<TContext>(StoreSessions<TContext> sessions, TimeProvider timeProvider, IJobSignal signal) : IJobKindStore
    where TContext : DbContext
{
    public async Task SetLimitsAsync(string kind, JobKindLimits limits, CancellationToken cancellationToken)
    {
        OperationRules.CheckKind(kind);
        Check(limits);
        await sessions.StatementAsync(
            session => Command(session, sql => sql.SetLimits)
                .With("kind", SqlType.Text, kind)
                .With("limited", SqlType.Flag, limits != JobKindLimits.None)
                .With("running", SqlType.Number, limits.MaxRunning)
                .With("per_key", SqlType.Number, limits.MaxRunningPerKey)
                .With("starts", SqlType.Number, limits.Rate?.Starts)
                .With("per", SqlType.BigNumber, JobRow.Microseconds(limits.Rate?.Per))
                .With("tokens", SqlType.BigNumber, KindRoom.FullBucket(limits.Rate))
                .ExecuteAsync(),
            cancellationToken,
            writes: true).ConfigureAwait(false);
        signal.Set();
    }

    public Task<bool> PauseAsync(string kind, string actor, string reason, CancellationToken cancellationToken) =>
        ChangeAsync("pause", sql => sql.Pause, kind, actor, reason, cancellationToken);

    public async Task<bool> ResumeAsync(string kind, string actor, string reason, CancellationToken cancellationToken)
    {
        var changed = await ChangeAsync("resume", sql => sql.Resume, kind, actor, reason, cancellationToken).ConfigureAwait(false);
        if (changed)
        {
            signal.Set();
        }

        return changed;
    }

    public async Task<IReadOnlyList<JobKind>> ListAsync(CancellationToken cancellationToken)
    {
        var kinds = await sessions.StatementAsync(session => Command(session, sql => sql.List).ReadAsync(Read), cancellationToken).ConfigureAwait(false);
        return [.. kinds.OrderBy(kind => kind.Kind, StringComparer.Ordinal)];
    }

    private async Task<bool> ChangeAsync(string action, Func<JobKindSql, string> statement, string kind, string actor, string reason, CancellationToken cancellationToken)
    {
        OperationRules.CheckKind(kind);
        OperationRules.CheckActor(actor, reason);
        return await sessions.WriteAsync(
            async session =>
            {
                var command = Command(session, statement).With("kind", SqlType.Text, kind);
                if (action == "pause")
                {
                    command.With("actor", SqlType.Text, actor).With("reason", SqlType.Text, reason);
                }

                var changed = await command.ReadAsync(row => row.Text(0)).ConfigureAwait(false);
                if (changed.Count > 0)
                {
                    await RecordAsync(session, action, kind, actor, reason).ConfigureAwait(false);
                }

                return changed.Count > 0;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task RecordAsync(StoreSession session, string action, string kind, string actor, string reason)
    {
        await OperationRecord.AddAsync(session, Guid.CreateVersion7(timeProvider.GetUtcNow()), action, (actor, reason), kind, 0).ConfigureAwait(false);

        // A resumed kind has jobs that other nodes may wait for.
        if (action == "resume" && session.Dialect.Notify is { } notify)
        {
            await session.Command(notify).ExecuteAsync().ConfigureAwait(false);
        }
    }

    private static JobKind Read(SqlReader row) => new()
    {
        Kind = row.Text(0),
        Limits = KindRoom.ReadLimits(row, 1),
        PausedAt = row.InstantOrNull(5),
        PausedBy = row.TextOrNull(6),
        PauseReason = row.TextOrNull(7),
    };

    private static void Check(JobKindLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxRunning ?? 1, 1, nameof(limits.MaxRunning));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxRunningPerKey ?? 1, 1, nameof(limits.MaxRunningPerKey));
        if (limits.Rate is { } rate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(rate.Starts, 1, nameof(rate.Starts));
            ArgumentOutOfRangeException.ThrowIfLessThan(rate.Per, TimeSpan.FromMilliseconds(1), nameof(rate.Per));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(rate.Per, TimeSpan.FromDays(1), nameof(rate.Per));
        }
    }

    private static SqlCommand Command(StoreSession session, Func<JobKindSql, string> statement) => session.Command(statement(JobKindSql.For(session.Dialect)));
}
