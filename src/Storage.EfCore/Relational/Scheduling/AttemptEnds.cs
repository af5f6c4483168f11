using Switchyard.Scheduling;
using Switchyard.Storage.EfCore.Recurring;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Ends attempts in the transaction of whoever calls, many by a fixed number of statements.</summary>
internal static class AttemptEnds
{
    /// <summary>Ends attempts, stores those that follow, and disables webhooks. Of several ends of one firing the later ones see what the earlier did.</summary>
    public static async Task ApplyAsync(StoreSession session, IReadOnlyList<AttemptEnded> ends)
    {
        var rest = ends;
        while (rest.Count > 0)
        {
            AttemptEnded[] firsts = [.. rest.DistinctBy(end => end.RootId).OrderBy(end => end.RootId)];
            await ApplyApartAsync(session, firsts).ConfigureAwait(false);
            rest = firsts.Length == rest.Count ? [] : [.. rest.Except(firsts, ReferenceEqualityComparer.Instance).Cast<AttemptEnded>()];
        }
    }

    private static async Task ApplyApartAsync(StoreSession session, AttemptEnded[] ends)
    {
        // Before the executions, as who deletes a schedule does: else two might hold some of its executions each, and wait for the other's.
        var accounts = await ExecutionWrites.KeepSchedulesOfAsync(session, ends.Select(end => end.RootId)).ConfigureAwait(false);
        var ended = await EndAsync(session, ends, accounts).ConfigureAwait(false);
        if (ended.Count == 0)
        {
            return;
        }

        var byRoot = ends.ToDictionary(end => end.RootId);
        Execution[] next = [.. ended.Where(row => byRoot[row.RootId].RetryAt is not null).Select(row => row.Next(byRoot[row.RootId].At, byRoot[row.RootId].RetryAt))];
        await ExecutionWrites.InsertAsync(session, next, accounts).ConfigureAwait(false);
        foreach (var row in ended.Where(row => row.WebhookId is not null && byRoot[row.RootId].DisableWebhook is not null).OrderBy(row => row.WebhookId))
        {
            await DisableAsync(session, row.WebhookId!.Value, byRoot[row.RootId]).ConfigureAwait(false);
        }
    }

    private static async Task<List<Execution>> EndAsync(StoreSession session, AttemptEnded[] ends, Dictionary<Guid, Guid> accounts)
    {
        var rows = ExecutionSql.Ends().Set(
            Of(end => end.RootId),
            Of(end => end.Attempt),
            Of(end => (int)end.Status),
            Of(end => (DateTimeOffset?)end.At),
            Of(end => end.Answer?.StatusCode),
            Of(end => StoredText.Clean(end.Answer?.Headers)),
            Of(end => StoredText.Clean(end.Answer?.Body, ExecutionRow.BodyLength)),
            Of(end => StoredText.Clean(end.Error, StoredText.ErrorLength)));
        var ended = await session.Command(ExecutionSql.For(session.Dialect).End).With(rows).ReadAsync(ExecutionRow.Read).ConfigureAwait(false);
        if (!session.Dialect.WritesInWith)
        {
            await ExecutionTallies.AddAsync(session, ended, accounts).ConfigureAwait(false);
        }

        return ended;

        T[] Of<T>(Func<AttemptEnded, T> value) => Array.ConvertAll(ends, end => value(end));
    }

    private static async Task DisableAsync(StoreSession session, Guid webhook, AttemptEnded end)
    {
        var disabled = await session.Command(ScheduleSql.For(session.Dialect).DisableWebhook)
            .With("at", SqlType.Instant, end.At).With("reason", SqlType.Text, StoredText.Clean(end.DisableWebhook, StoredText.ErrorLength)).With("id", SqlType.Id, webhook)
            .ReadAsync(row => row.Id(0)).ConfigureAwait(false);
        foreach (var schedule in disabled)
        {
            await RecurrenceWrites.RemoveTargetAsync(session, schedule, webhook).ConfigureAwait(false);
        }
    }
}
