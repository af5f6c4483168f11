using Switchyard.Scheduling;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Stores executions in the transaction of whoever calls, many by one statement.</summary>
/// <remarks>Locks are taken in one order everywhere: a recurrence, its schedule, executions, webhooks.</remarks>
internal static class ExecutionWrites
{
    /// <summary>Stores executions, except those whose (root, attempt) is there or whose schedule isn't.</summary>
    /// <returns>The ids of those that were stored.</returns>
    public static async Task<HashSet<Guid>> InsertAsync(StoreSession session, IReadOnlyList<Execution> executions)
    {
        var accounts = await KeepSchedulesAsync(session, executions.Select(execution => execution.ScheduleId)).ConfigureAwait(false);
        return await InsertAsync(session, executions, accounts).ConfigureAwait(false);
    }

    /// <summary>The same with schedules that are locked already.</summary>
    public static async Task<HashSet<Guid>> InsertAsync(StoreSession session, IReadOnlyList<Execution> executions, Dictionary<Guid, Guid> accounts)
    {
        Execution[] added = [.. executions.Where(execution => accounts.ContainsKey(execution.ScheduleId))];
        if (added.Length == 0)
        {
            return [];
        }

        HashSet<Guid> stored = [.. await Command(session, sql => sql.Insert).With(RowsOf(added)).ReadAsync(row => row.Id(0)).ConfigureAwait(false)];
        await ExecutionTallies.AddAsync(session, added.Where(execution => stored.Contains(execution.Id)), accounts).ConfigureAwait(false);
        return stored;
    }

    /// <summary>Keeps schedules from being removed until the transaction ends; gives the accounts of those that are there.</summary>
    public static async Task<Dictionary<Guid, Guid>> KeepSchedulesAsync(StoreSession session, IEnumerable<Guid> schedules) =>
        (await Command(session, sql => sql.KeepSchedules).With(IdsOf(schedules)).ReadAsync(row => (Id: row.Id(0), Account: row.Id(1))).ConfigureAwait(false))
            .ToDictionary(row => row.Id, row => row.Account);

    /// <summary>The same for the schedules that firings belong to.</summary>
    public static async Task<Dictionary<Guid, Guid>> KeepSchedulesOfAsync(StoreSession session, IEnumerable<Guid> roots) =>
        (await Command(session, sql => sql.KeepSchedulesOf).With(IdsOf(roots)).ReadAsync(row => (Id: row.Id(0), Account: row.Id(1))).ConfigureAwait(false))
            .ToDictionary(row => row.Id, row => row.Account);

    public static SqlRows IdsOf(IEnumerable<Guid> ids) => ExecutionSql.Ids().Set(ids.Distinct().ToArray());

    private static SqlRows RowsOf(Execution[] executions)
    {
        return ExecutionSql.NewRows().Set(
            Of(execution => execution.Id),
            Of(execution => execution.RootId),
            Of(execution => execution.Attempt),
            Of(execution => execution.ScheduleId),
            Of(execution => execution.WebhookId),
            Of(execution => (int)execution.Trigger),
            Of(execution => execution.IsEnded() ? (int?)execution.Status : null),
            Of(execution => (DateTimeOffset?)execution.ScheduledAt),
            Of(execution => (DateTimeOffset?)execution.CreatedAt),
            Of(execution => execution.NotBefore),
            Of(ExecutionRow.StartOf),
            Of(ExecutionRow.EndOf),
            Of(execution => StoredText.Clean(execution.WorkerId, 255)),
            Of(execution => StoredText.Clean(execution.Error, StoredText.ErrorLength)),
            Of(execution => execution.Answer?.StatusCode),
            Of(execution => StoredText.Clean(execution.Answer?.Headers)),
            Of(execution => StoredText.Clean(execution.Answer?.Body, ExecutionRow.BodyLength)));

        T[] Of<T>(Func<Execution, T> value) => Array.ConvertAll(executions, execution => value(execution));
    }

    private static SqlCommand Command(StoreSession session, Func<ExecutionSql, string> statement) => session.Command(statement(ExecutionSql.For(session.Dialect)));
}
