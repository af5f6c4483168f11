namespace Switchyard.Jobs.Recurring.Templates;

/// <summary>Keeps recurring jobs as recurrences whose template is a job.</summary>
internal sealed class RecurringJobs(IRecurrenceStore store, IOccurrencePlanner planner, IJobStore jobs, IJobSignal signal, TimeProvider timeProvider) : IRecurringJobs
{
    private const int PageSize = 500;

    /// <inheritdoc/>
    public async Task<RecurringJob> AddOrUpdateAsync(RecurringJobDefinition definition, CancellationToken cancellationToken = default)
    {
        RecurringJobRules.Check(definition);
        var stored = await store.ChangeAsync(JobTemplate.IdOf(definition.Name), (due, now) => Define(definition, due, now), cancellationToken).ConfigureAwait(false);
        return ToJob(stored!);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        var isThere = false;
        await store.ChangeAsync(
            IdOf(name),
            (due, _) => (isThere = due is not null) ? new RecurrenceChange(null) : null,
            cancellationToken).ConfigureAwait(false);
        return isThere;
    }

    /// <inheritdoc/>
    public async Task<bool> SetEnabledAsync(string name, bool enabled, CancellationToken cancellationToken = default) =>
        await store.ChangeAsync(
            IdOf(name),
            (due, now) => due is null || due.Recurrence.Enabled == enabled ? null : Change(due, due.Recurrence with { Enabled = enabled }, now),
            cancellationToken).ConfigureAwait(false) is not null;

    /// <inheritdoc/>
    public async Task<JobId?> TriggerAsync(string name, CancellationToken cancellationToken = default)
    {
        if (await store.FindAsync(IdOf(name), cancellationToken).ConfigureAwait(false) is not { } recurrence)
        {
            return null;
        }

        var request = JobTemplate.Read(recurrence).ToRequest(JobId.New(timeProvider), recurrence);
        await jobs.EnqueueAsync([request], cancellationToken).ConfigureAwait(false);
        signal.Set();
        return request.Id;
    }

    /// <inheritdoc/>
    public async Task<RecurringJob?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        await store.FindAsync(IdOf(name), cancellationToken).ConfigureAwait(false) is { } recurrence ? ToJob(recurrence) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecurringJob>> ListAsync(CancellationToken cancellationToken = default)
    {
        var all = new List<RecurringJob>();
        IReadOnlyList<Recurrence> page;
        do
        {
            page = await store.ListAsync(JobTemplate.Kind, all.Count == 0 ? null : all[^1].Id, PageSize, cancellationToken).ConfigureAwait(false);
            all.AddRange(page.Select(ToJob));
        }
        while (page.Count == PageSize);
        return [.. all.OrderBy(job => job.Definition.Name, StringComparer.Ordinal)];
    }

    private RecurrenceChange? Define(RecurringJobDefinition definition, DueRecurrence? due, DateTimeOffset now)
    {
        var recurrence = (due?.Recurrence ?? new Recurrence { Id = JobTemplate.IdOf(definition.Name), Kind = JobTemplate.Kind, Expression = "" }) with
        {
            Expression = definition.Expression,
            TimeZone = definition.TimeZone,
            MisfirePolicy = definition.MisfirePolicy,
            CatchUpWindow = definition.CatchUpWindow,
            OverlapPolicy = definition.OverlapPolicy,
            Template = JobTemplate.Of(definition).Write(),
        };
        return recurrence == due?.Recurrence ? null : Change(due, recurrence, now);
    }

    /// <summary>Settles what was due under the definition that ends, and begins the new one.</summary>
    private RecurrenceChange Change(DueRecurrence? due, Recurrence recurrence, DateTimeOffset now) => new(
        recurrence with { NextAt = planner.Next(recurrence, now) },
        due is { Recurrence.Enabled: true } ? planner.Plan(due, now, ending: true) : null);

    private static Guid IdOf(string name)
    {
        RecurringJobRules.CheckName(name);
        return JobTemplate.IdOf(name);
    }

    private static RecurringJob ToJob(Recurrence recurrence)
    {
        var template = JobTemplate.Read(recurrence);
        var definition = new RecurringJobDefinition
        {
            Name = template.Name, Expression = recurrence.Expression, TimeZone = recurrence.TimeZone, Kind = template.JobKind, Payload = template.Payload,
            MisfirePolicy = recurrence.MisfirePolicy, CatchUpWindow = recurrence.CatchUpWindow, OverlapPolicy = recurrence.OverlapPolicy,
            Priority = template.Priority, MaxAttempts = template.MaxAttempts, Timeout = template.TimeoutTicks is { } ticks ? TimeSpan.FromTicks(ticks) : null,
        };
        return new RecurringJob(recurrence.Id, definition, recurrence.Enabled, recurrence.NextAt, recurrence.LastAt);
    }
}
