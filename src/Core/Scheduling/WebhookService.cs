namespace Switchyard.Scheduling;

/// <summary>Makes, shows, changes and tries webhooks for the clients of the API. Refusals are in the order of <see cref="ScheduleService"/>.</summary>
public sealed class WebhookService
{
    internal WebhookService()
    {
    }

    /// <summary>Makes a webhook, and its signing secret, which is shown by this result alone.</summary>
    public Task<WebhookResult> CreateAsync(string subject, CreateWebhook request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Gets a webhook.</summary>
    public Task<WebhookResult> FindAsync(string subject, Guid id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Lists the webhooks of a schedule, oldest first: the order in which they are delivered to.</summary>
    public Task<WebhookListResult> ListAsync(string subject, Guid jobId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Changes a webhook. Attempts that begin later are sent to what it then is.</summary>
    public Task<WebhookResult> UpdateAsync(string subject, Guid id, UpdateWebhook request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Removes a webhook. Its executions stay; those that aren't sent yet fail and say so.</summary>
    public Task<DeleteResult> DeleteAsync(string subject, Guid id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Makes a new signing secret, shown by this result alone. The one before signs too for <see cref="SchedulingOptions.SecretOverlap"/>; one before that no longer.</summary>
    public Task<WebhookResult> RotateSecretAsync(string subject, Guid id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Renders a webhook as its next delivery would be, and sends it once, at once; a disabled one too.</summary>
    /// <remarks>Nothing is stored and nothing tried again. It takes as long as the webhook's time limit at the most, and never more than 30 seconds.</remarks>
    public Task<WebhookTestResult> TestAsync(string subject, Guid id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Renders a webhook without storing or sending it. Signatures are left out: there is no secret yet.</summary>
    public Task<WebhookPreviewResult> PreviewAsync(string subject, PreviewWebhook request, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
