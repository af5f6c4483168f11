using Switchyard.InMemory.Recurring;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;

namespace Switchyard.InMemory.Scheduling;

/// <summary>Keeps schedules in the memory of this process.</summary>
internal sealed class InMemoryScheduleStore(InMemoryDatabase database, SchedulingTables tables, FiringWriter firings) : IScheduleStore
{
    /// <inheritdoc/>
    public Task<Schedule> CreateAsync(Func<DateTimeOffset, Schedule> create, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(create);
        return database.ReadAsync(
            now =>
            {
                var schedule = create(now);
                if (database.Recurrences.Insert(schedule.Recurrence, now) is null)
                {
                    throw new ArgumentException($"There is a recurrence {schedule.Id} already. Give each schedule an id of its own.", nameof(create));
                }

                Put(schedule);
                return tables.FindSchedule(schedule.Id)!;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Schedule?> FindAsync(Guid id, CancellationToken cancellationToken) => database.ReadAsync(_ => tables.FindSchedule(id), cancellationToken);

    /// <inheritdoc/>
    public Task<SchedulePage> ListAsync(ScheduleQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync(
            _ =>
            {
                Schedule[] all = [.. OfAccounts([query.AccountId]).Where(schedule => (query.Enabled ?? schedule.Recurrence.Enabled) == schedule.Recurrence.Enabled)
                    .OrderBy(schedule => schedule.CreatedAt).ThenBy(schedule => schedule.Id)];
                return new SchedulePage([.. all.Skip(query.Skip).Take(query.Limit)], all.Length);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Schedule?> ChangeAsync(Guid id, Func<Schedule, DueRecurrence, DateTimeOffset, ScheduleChange?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.WriteAsync(
            now =>
            {
                if (tables.FindSchedule(id) is { } schedule && database.Recurrences.TryGet(id, out var row)
                    && change(schedule, RecurrenceTable.ToDue(row, database.Jobs), now) is { } wanted)
                {
                    Change(row, schedule, wanted, now);
                }

                return tables.FindSchedule(id);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            _ =>
            {
                foreach (var webhook in tables.WebhooksOf(id).ToArray())
                {
                    tables.RemoveWebhook(webhook);
                }

                foreach (var execution in tables.Executions.OfSchedule(id).ToArray())
                {
                    tables.Executions.Remove(execution.Id);
                }

                return tables.Schedules.Remove(id) && database.Recurrences.Delete(id);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<SchedulingCounts> CountAsync(IReadOnlyList<Guid> accounts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return database.ReadAsync(
            _ =>
            {
                Schedule[] schedules = [.. OfAccounts(accounts)];
                Execution[] executions = [.. schedules.SelectMany(schedule => tables.Executions.OfSchedule(schedule.Id))];
                return new SchedulingCounts
                {
                    Enabled = schedules.Count(schedule => schedule.Recurrence.Enabled),
                    Disabled = schedules.Count(schedule => !schedule.Recurrence.Enabled),
                    Executions = executions.CountBy(row => row.Status).ToDictionary(count => count.Key, count => (long)count.Value),
                    AverageDuration = executions.Where(row => row.Status == ExecutionStatus.Success)
                        .Average(row => (row.FinishedAt - row.StartedAt)?.TotalMilliseconds),
                };
            },
            cancellationToken);
    }

    private void Change(RecurrenceRow row, Schedule schedule, ScheduleChange change, DateTimeOffset now)
    {
        if (change.Schedule.Id != schedule.Id)
        {
            throw new ArgumentException($"The schedule {change.Schedule.Id} was given where {schedule.Id} is changed.", nameof(change));
        }

        RecurrenceLimits.Check(change.Schedule.Recurrence);
        firings.Record(change.Pending is null ? [] : [change.Pending], now);
        database.Recurrences.Update(row, change.Schedule.Recurrence, change.Pending?.LastAt, now);

        // Account and age are what the row is; they don't change.
        Put(change.Schedule with { AccountId = schedule.AccountId, CreatedAt = schedule.CreatedAt });
    }

    private void Put(Schedule schedule) => tables.Schedules[schedule.Id] = new ScheduleRow(
        schedule.AccountId, schedule.Name, schedule.Type, InMemoryDatabase.WholeMicroseconds(schedule.CreatedAt), InMemoryDatabase.WholeMicroseconds(schedule.UpdatedAt));

    private IEnumerable<Schedule> OfAccounts(IReadOnlyList<Guid> accounts) =>
        tables.Schedules.Where(pair => accounts.Contains(pair.Value.AccountId)).Select(pair => tables.FindSchedule(pair.Key)!);
}
