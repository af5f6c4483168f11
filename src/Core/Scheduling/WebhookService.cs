using Switchyard.Scheduling.Editing;
using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling;

/// <summary>Makes, shows, changes and tries webhooks for the clients of the API. Refusals are in the order of <see cref="ScheduleService"/>.</summary>
public sealed class WebhookService
{
    private readonly WebhookEditor _editor;
    private readonly WebhookTrial _trial;
    private readonly AccountAccess _access;
    private readonly IWebhookStore _webhooks;

    internal WebhookService(WebhookEditor editor, WebhookTrial trial, AccountAccess access, IWebhookStore webhooks)
    {
        _editor = editor;
        _trial = trial;
        _access = access;
        _webhooks = webhooks;
    }

    /// <summary>Makes a webhook, and its signing secret, which is shown by this result alone.</summary>
    public Task<WebhookResult> CreateAsync(string subject, CreateWebhook request, CancellationToken cancellationToken = default) =>
        _editor.CreateAsync(subject, request, cancellationToken);

    /// <summary>Gets a webhook.</summary>
    public async Task<WebhookResult> FindAsync(string subject, Guid id, CancellationToken cancellationToken = default)
    {
        var (found, refusal) = await _access.WebhookAsync(subject, id, cancellationToken).ConfigureAwait(false);
        return found is null ? new WebhookResult.Refused(refusal!) : new WebhookResult.Done(_editor.Details(found.Webhook));
    }

    /// <summary>Lists the webhooks of a schedule, oldest first: the order in which they are delivered to.</summary>
    public async Task<WebhookListResult> ListAsync(string subject, Guid jobId, CancellationToken cancellationToken = default)
    {
        var (schedule, refusal) = await _access.ScheduleAsync(subject, jobId, cancellationToken).ConfigureAwait(false);
        if (schedule is null)
        {
            return new WebhookListResult.Refused(refusal!);
        }

        var all = await _webhooks.ListAsync(jobId, cancellationToken).ConfigureAwait(false);
        return new WebhookListResult.Listed([.. all.Select(_editor.Details)]);
    }

    /// <summary>Changes a webhook. Attempts that begin later are sent to what it then is.</summary>
    public Task<WebhookResult> UpdateAsync(string subject, Guid id, UpdateWebhook request, CancellationToken cancellationToken = default) =>
        _editor.UpdateAsync(subject, id, request, cancellationToken);

    /// <summary>Removes a webhook. Its executions stay; those that aren't sent yet fail and say so.</summary>
    public async Task<DeleteResult> DeleteAsync(string subject, Guid id, CancellationToken cancellationToken = default)
    {
        var (_, refusal) = await _access.WebhookAsync(subject, id, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return new DeleteResult.Refused(refusal);
        }

        return await _webhooks.DeleteAsync(id, cancellationToken).ConfigureAwait(false)
            ? new DeleteResult.Deleted()
            : new DeleteResult.Refused(Refusals.WebhookNotFound(id));
    }

    /// <summary>Makes a new signing secret, shown by this result alone. The one before signs too for <see cref="SchedulingOptions.SecretOverlap"/>; one before that no longer.</summary>
    public Task<WebhookResult> RotateSecretAsync(string subject, Guid id, CancellationToken cancellationToken = default) =>
        _editor.RotateAsync(subject, id, cancellationToken);

    /// <summary>Renders a webhook as its next delivery would be, and sends it once, at once; a disabled one too.</summary>
    /// <remarks>Nothing is stored and nothing tried again. It takes as long as the webhook's time limit at the most, and never more than 30 seconds.</remarks>
    public Task<WebhookTestResult> TestAsync(string subject, Guid id, CancellationToken cancellationToken = default) =>
        _trial.TestAsync(subject, id, cancellationToken);

    /// <summary>Renders a webhook without storing or sending it. Signatures are left out: there is no secret yet.</summary>
    public Task<WebhookPreviewResult> PreviewAsync(string subject, PreviewWebhook request, CancellationToken cancellationToken = default) =>
        _trial.PreviewAsync(subject, request, cancellationToken);
}
