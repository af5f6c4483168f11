using Switchyard.Scheduling;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Finds firings that can be replayed: their last attempt has ended without success, and their webhook is still there.</summary>
internal static class ReplayCandidates
{
    private const int MostCounted = 100_000;

    /// <summary>Says why a firing can't be replayed; <see langword="null"/> where it can.</summary>
    public static async Task<ReplayStatus?> WhyNotAsync(StoreSession session, Execution last)
    {
        if (!last.IsEnded() || last.Status == ExecutionStatus.Success)
        {
            return last.IsEnded() ? ReplayStatus.Succeeded : ReplayStatus.Unfinished;
        }

        Guid[] webhooks = last.WebhookId is { } webhook ? [webhook] : [];
        var kept = await session.Command(ExecutionSql.For(session.Dialect).KeepWebhooks).With(ExecutionSql.Webhooks().Set(webhooks))
            .ReadAsync(row => row.Id(0)).ConfigureAwait(false);
        return kept.Count == 0 ? ReplayStatus.NotFound : null;
    }

    /// <summary>Counts the firings whose last attempt matches, and gets the oldest of them.</summary>
    public static async Task<(long Matched, List<Execution> Oldest)> FindAsync(StoreSession session, ExecutionQuery filter, int limit)
    {
        if (filter.Status is ExecutionStatus.Queued or ExecutionStatus.Running or ExecutionStatus.Success)
        {
            return (0, []);
        }

        var from = From(session.Dialect.Table("executions"), session.Dialect.Table("webhooks"), filter);
        var matched = await ExecutionFilter.Bind(session.Command($"select count(*) from (select 1 {from} limit {MostCounted}) m"), filter)
            .ReadAsync(row => row.Long(0)).ConfigureAwait(false);
        var page = $"select {Sql.Prefixed("e", ExecutionRow.Columns)} {from} order by e.scheduled_at, e.root_id limit @limit";
        return (matched[0], await ExecutionFilter.Bind(session.Command(page), filter).With("limit", SqlType.Number, limit).ReadAsync(ExecutionRow.Read).ConfigureAwait(false));
    }

    /// <summary>Writes where the firings are found whose last attempt matches.</summary>
    public static string From(string executions, string webhooks, ExecutionQuery filter) => $"""
        from {executions} e join {webhooks} w on w.id = e.webhook_id
        where {ExecutionFilter.Condition(filter, "e")}{(filter.Status is null ? " and e.outcome in (3, 4, 5)" : "")}
          and not exists (select 1 from {executions} l where l.root_id = e.root_id and l.attempt > e.attempt)
        """;
}
