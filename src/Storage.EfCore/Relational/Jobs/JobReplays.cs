using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Enqueues ended jobs again, in the transaction of a session.</summary>
internal static class JobReplays
{
    /// <summary>Makes a job like one that ended, in its chain.</summary>
    public static JobRequest Like(Job old, TimeSpan delay, TimeProvider timeProvider) => new()
    {
        Id = JobId.New(timeProvider),
        Kind = old.Kind,
        Payload = old.Payload,
        Priority = old.Priority,
        Delay = delay,
        MaxAttempts = old.MaxAttempts,
        Timeout = old.Timeout,
        DedupeKey = old.DedupeKey,
        ConcurrencyKey = old.ConcurrencyKey,
        RootId = old.RootId,
        ParentId = old.Id,
        TraceParent = old.TraceParent,
        OnFailure = old.OnFailure,
    };

    /// <summary>Enqueues a job like one that ended, in its chain.</summary>
    /// <remarks>Only an unfinished job stands in its way: from an ended one that still holds the key, the new one takes it over, until it would have been free.</remarks>
    /// <param name="session">What to enqueue on; it has a transaction.</param>
    /// <param name="old">The job that ended.</param>
    /// <param name="delay">How long from now the new one is due.</param>
    /// <param name="timeProvider">The clock of the new id.</param>
    public static async Task<EnqueueResult> EnqueueAsync(StoreSession session, Job old, TimeSpan delay, TimeProvider timeProvider)
    {
        var request = Like(old, delay, timeProvider);
        var sql = JobSql.For(session.Dialect);
        var holders = old.DedupeKey is null
            ? []
            : await session.Command(sql.FindHolder).With("kind", SqlType.Text, old.Kind).With("key", SqlType.Text, old.DedupeKey)
                .ReadAsync(row => (Id: row.Id(0), Until: row.Instant(1), By: row.Id(2))).ConfigureAwait(false);
        foreach (var holder in holders)
        {
            await HoldAsync(session, sql, holder.Id, null, null).ConfigureAwait(false);
        }

        var result = (await JobInserts.EnqueueAsync(session, [request]).ConfigureAwait(false))[0];
        foreach (var holder in holders)
        {
            await HoldAsync(session, sql, result.Id.Value, holder.Until, holder.By).ConfigureAwait(false);
        }

        return result;
    }

    private static Task<int> HoldAsync(StoreSession session, JobSql sql, Guid id, DateTimeOffset? until, Guid? by) => session.Command(sql.HoldKey)
        .With("id", SqlType.Id, id)
        .With("until", SqlType.Instant, until)
        .With("by", SqlType.Id, by)
        .ExecuteAsync();
}
