namespace Switchyard.Scheduling;

/// <summary>Stores webhooks. Each call is one transaction, durable when it returns; it keeps the targets of the schedule's recurrence along.</summary>
public interface IWebhookStore
{
    /// <summary>Stores a webhook.</summary>
    /// <returns>Whether it was stored; <see langword="false"/> where its schedule is gone.</returns>
    Task<bool> CreateAsync(Webhook webhook, CancellationToken cancellationToken);

    /// <summary>Gets a webhook with its schedule, or <see langword="null"/> where there is none such.</summary>
    Task<WebhookWithSchedule?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Gets the webhooks of a schedule, oldest first (then by id).</summary>
    Task<IReadOnlyList<Webhook>> ListAsync(Guid scheduleId, CancellationToken cancellationToken);

    /// <summary>Changes a webhook under lock.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="change">Gets what is there; <see langword="null"/> leaves it. Called inside of the transaction.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is there afterwards; <see langword="null"/> where there is no such webhook.</returns>
    Task<Webhook?> ChangeAsync(Guid id, Func<Webhook, Webhook?> change, CancellationToken cancellationToken);

    /// <summary>Removes a webhook; its executions stay.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>Represents a webhook and the schedule that it belongs to.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Schedule">The schedule.</param>
public sealed record WebhookWithSchedule(Webhook Webhook, Schedule Schedule);
