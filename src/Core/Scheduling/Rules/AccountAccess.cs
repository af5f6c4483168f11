namespace Switchyard.Scheduling.Rules;

/// <summary>Looks up what a caller names, and whether it is theirs: what isn't there is 404, what belongs to others is 403 (contract 5).</summary>
internal sealed class AccountAccess(IAccountMembership accounts, IScheduleStore schedules, IWebhookStore webhooks, IExecutionStore executions)
{
    public async Task<SchedulingRefusal?> AccountAsync(string subject, Guid account, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        return account != Guid.Empty && await accounts.IsMemberAsync(subject, account, cancellationToken).ConfigureAwait(false)
            ? null
            : Refusals.Forbidden("account");
    }

    public async Task<(Schedule? Schedule, SchedulingRefusal? Refusal)> ScheduleAsync(string subject, Guid id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        return await schedules.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } schedule ? (null, Refusals.JobNotFound(id))
            : await IsMemberAsync(subject, schedule, cancellationToken).ConfigureAwait(false) ? (schedule, null)
            : (null, Refusals.Forbidden("job"));
    }

    public async Task<(WebhookWithSchedule? Webhook, SchedulingRefusal? Refusal)> WebhookAsync(string subject, Guid id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        return await webhooks.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } webhook ? (null, Refusals.WebhookNotFound(id))
            : await IsMemberAsync(subject, webhook.Schedule, cancellationToken).ConfigureAwait(false) ? (webhook, null)
            : (null, Refusals.Forbidden("webhook"));
    }

    public async Task<(Execution? Execution, Schedule? Schedule, SchedulingRefusal? Refusal)> ExecutionAsync(string subject, Guid id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        if (await executions.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } execution
            || await schedules.FindAsync(execution.ScheduleId, cancellationToken).ConfigureAwait(false) is not { } schedule)
        {
            return (null, null, Refusals.ExecutionNotFound(id));
        }

        return await IsMemberAsync(subject, schedule, cancellationToken).ConfigureAwait(false)
            ? (execution, schedule, null)
            : (null, null, Refusals.Forbidden("execution"));
    }

    private Task<bool> IsMemberAsync(string subject, Schedule schedule, CancellationToken cancellationToken) =>
        accounts.IsMemberAsync(subject, schedule.AccountId, cancellationToken);
}
