using Microsoft.Extensions.Options;
using Switchyard.Outbound;
using Switchyard.Scheduling.Rendering;
using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling.Editing;

/// <summary>Makes and changes webhooks: what is secret in them is sealed before it goes to the store.</summary>
internal sealed class WebhookEditor(
    IWebhookStore webhooks, AccountAccess access, IOutboundGuard guard, WebhookSecrets secrets, IOptions<SchedulingOptions> options, TimeProvider timeProvider)
{
    private const string DisabledByOwner = "Its owner disabled it.";
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(30);

    public async Task<WebhookResult> CreateAsync(string subject, CreateWebhook request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.JobId is not { } job)
        {
            return new WebhookResult.Refused(WithoutJob(request));
        }

        var (_, refusal) = await access.ScheduleAsync(subject, job, cancellationToken).ConfigureAwait(false);
        if ((refusal ?? WebhookRules.Check(request, guard)) is { } why)
        {
            return new WebhookResult.Refused(why);
        }

        var secret = secrets.Make();
        var webhook = Make(request, job, secret.Sealed);
        return await webhooks.CreateAsync(webhook, cancellationToken).ConfigureAwait(false)
            ? new WebhookResult.Done(Details(webhook), secret.Shown)
            : new WebhookResult.Refused(Refusals.JobNotFound(job));
    }

    public async Task<WebhookResult> UpdateAsync(string subject, Guid id, UpdateWebhook request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (found, refusal) = await access.WebhookAsync(subject, id, cancellationToken).ConfigureAwait(false);
        if ((refusal ?? WebhookRules.Check(request, found!.Webhook, guard)) is { } why)
        {
            return new WebhookResult.Refused(why);
        }

        return await ChangeAsync(id, webhook => Changed(webhook, request), null, cancellationToken).ConfigureAwait(false);
    }

    public async Task<WebhookResult> RotateAsync(string subject, Guid id, CancellationToken cancellationToken)
    {
        var (_, refusal) = await access.WebhookAsync(subject, id, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return new WebhookResult.Refused(refusal);
        }

        var (secret, now) = (secrets.Make(), timeProvider.GetUtcNow());
        return await ChangeAsync(
            id,
            webhook => webhook with
            {
                SealedSecret = secret.Sealed,
                SealedOldSecret = webhook.SealedSecret,
                OldSecretUntil = now + options.Value.SecretOverlap,
                UpdatedAt = now,
            },
            secret.Shown,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows a webhook to its owner.</summary>
    public WebhookDetails Details(Webhook webhook)
    {
        var headers = secrets.TryOpenHeaders(webhook);
        return new()
        {
            Id = webhook.Id,
            JobId = webhook.ScheduleId,
            Url = webhook.Url,
            Method = webhook.Method,
            Headers = headers is not null && options.Value.MaskSecretHeaders ? SecretHeaders.Mask(headers) : headers,
            QueryParams = TextMap.Read(webhook.QueryParams),
            BodyTemplate = webhook.BodyTemplate,
            Timeout = webhook.Timeout,
            OldSecretUntil = webhook.OldSecretUntil > timeProvider.GetUtcNow() ? webhook.OldSecretUntil : null,
            DisabledAt = webhook.DisabledAt,
            DisabledReason = webhook.DisabledReason,
            CreatedAt = webhook.CreatedAt,
            UpdatedAt = webhook.UpdatedAt,
        };
    }

    // Whose job it is can't be asked; all that is wrong is still told at once.
    private SchedulingRefusal WithoutJob(CreateWebhook request)
    {
        var problems = new ProblemList();
        problems.Add("job_id", "is required");
        foreach (var problem in WebhookRules.Check(request, guard)?.Problems ?? [])
        {
            problems.Add(problem.Field, problem.Message);
        }

        return problems.ToRefusal()!;
    }

    private Webhook Make(CreateWebhook request, Guid job, string sealedSecret)
    {
        var now = timeProvider.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            ScheduleId = job,
            Url = RequestUrl.Stored(request.Url!),
            Method = request.Method!,
            SealedHeaders = secrets.SealHeaders(request.Headers),
            QueryParams = TextMap.Write(request.QueryParams),
            BodyTemplate = NullIfEmpty(request.BodyTemplate),
            Timeout = request.Timeout ?? UsualTimeout,
            SealedSecret = sealedSecret,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private Webhook? Changed(Webhook webhook, UpdateWebhook request)
    {
        var now = timeProvider.GetUtcNow();
        var changed = webhook with
        {
            Url = request.Url is { } url ? RequestUrl.Stored(url) : webhook.Url,
            Method = request.Method ?? webhook.Method,
            SealedHeaders = Headers(webhook, request),
            QueryParams = request.QueryParams is { } parameters ? TextMap.Write(parameters) : webhook.QueryParams,
            BodyTemplate = request.BodyTemplate is { } template ? NullIfEmpty(template) : webhook.BodyTemplate,
            Timeout = request.Timeout ?? webhook.Timeout,
            DisabledAt = request.Enabled switch { null => webhook.DisabledAt, true => null, false => webhook.DisabledAt ?? now },
            DisabledReason = request.Enabled switch { null => webhook.DisabledReason, true => null, false => webhook.DisabledReason ?? DisabledByOwner },
        };
        return changed == webhook ? null : changed with { UpdatedAt = now };
    }

    // A text is sealed differently each time: what doesn't change must not be sealed again, or the webhook would seem to.
    private string? Headers(Webhook webhook, UpdateWebhook request)
    {
        if (request.Headers is not { } headers)
        {
            return webhook.SealedHeaders;
        }

        var current = secrets.TryOpenHeaders(webhook);
        var wanted = options.Value.MaskSecretHeaders ? SecretHeaders.Unmask(headers, current) : headers;
        var isSame = current is null ? webhook.SealedHeaders is null && wanted.Count == 0 : wanted.SequenceEqual(current);
        return isSame ? webhook.SealedHeaders : secrets.SealHeaders(wanted);
    }

    private async Task<WebhookResult> ChangeAsync(Guid id, Func<Webhook, Webhook?> change, string? shown, CancellationToken cancellationToken) =>
        await webhooks.ChangeAsync(id, change, cancellationToken).ConfigureAwait(false) is { } webhook
            ? new WebhookResult.Done(Details(webhook), shown)
            : new WebhookResult.Refused(Refusals.WebhookNotFound(id));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
