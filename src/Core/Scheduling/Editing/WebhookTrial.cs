using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Switchyard.Outbound;
using Switchyard.Scheduling.Delivering;
using Switchyard.Scheduling.Rendering;
using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling.Editing;

/// <summary>Tries webhooks: renders them without sending, or sends them once.</summary>
internal sealed class WebhookTrial(
    AccountAccess access, IOutboundGuard guard, RequestBuilder builder, WebhookSecrets secrets, WebhookSender sender, IOptions<SchedulingOptions> options, TimeProvider timeProvider)
{
    private const string SampleName = "Example job";
    private static readonly TimeSpan LongestTest = TimeSpan.FromSeconds(30);

    public async Task<WebhookTestResult> TestAsync(string subject, Guid id, CancellationToken cancellationToken)
    {
        var (found, refusal) = await access.WebhookAsync(subject, id, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return new WebhookTestResult.Refused(refusal!);
        }

        try
        {
            var values = Values(found.Schedule.Id, found.Schedule.Name);
            var parts = RequestParts.Of(found.Webhook, secrets, values, values.ExecutionId) with { TraceParent = TraceParent.Of(null, values.ExecutionId) };
            return builder.Build(parts) is { } request
                ? await SendAsync(request, found.Webhook.Timeout, cancellationToken).ConfigureAwait(false)
                : new WebhookTestResult.Refused(TooLong());
        }
        catch (CryptographicException)
        {
            return new WebhookTestResult.Refused(Refusals.Conflict("The webhook's headers or secret can't be decrypted: set its headers and rotate its secret."));
        }
    }

    private async Task<WebhookTestResult> SendAsync(OutgoingRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = timeProvider.GetTimestamp();
        var limit = timeout < LongestTest ? timeout : LongestTest;
        var outcome = await sender.SendAsync(request, limit, cancellationToken).ConfigureAwait(false);
        return new WebhookTestResult.Tested(new()
        {
            Request = request.ToRendered(options.Value.MaskSecretHeaders),
            Status = outcome.Status,
            Answer = outcome.Answer,
            Error = outcome.Error,
            Duration = timeProvider.GetElapsedTime(began),
        });
    }

    public async Task<WebhookPreviewResult> PreviewAsync(string subject, PreviewWebhook request, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(request);
        var (id, name) = (Guid.Empty, SampleName);
        if (request.JobId is { } job)
        {
            var (schedule, refusal) = await access.ScheduleAsync(subject, job, cancellationToken).ConfigureAwait(false);
            if (schedule is null)
            {
                return new WebhookPreviewResult.Refused(refusal!);
            }

            (id, name) = (schedule.Id, schedule.Name);
        }

        var webhook = new CreateWebhook
        {
            Url = request.Url, Method = request.Method, Headers = request.Headers, QueryParams = request.QueryParams, BodyTemplate = request.BodyTemplate,
        };
        return WebhookRules.Check(webhook, guard) is { } why ? new WebhookPreviewResult.Refused(why) : Render(webhook, Values(id, name));
    }

    private WebhookPreviewResult Render(CreateWebhook webhook, TemplateValues values)
    {
        var parts = new RequestParts
        {
            Method = webhook.Method!,
            Url = RequestUrl.Stored(webhook.Url!),
            Headers = webhook.Headers,
            QueryParams = webhook.QueryParams,
            BodyTemplate = string.IsNullOrEmpty(webhook.BodyTemplate) ? null : webhook.BodyTemplate,
            Values = values,
            MessageId = values.ExecutionId,
            TraceParent = TraceParent.Of(null, values.ExecutionId),
        };
        return builder.Build(parts) is { } request
            ? new WebhookPreviewResult.Rendered(request.ToRendered(masked: false))
            : new WebhookPreviewResult.Refused(TooLong());
    }

    private TemplateValues Values(Guid job, string name)
    {
        var now = timeProvider.GetUtcNow();
        return new(job, name, Guid.CreateVersion7(now), 1, now, now);
    }

    private static SchedulingRefusal TooLong()
    {
        var problems = new ProblemList();
        problems.Add("body_template", "makes a body longer than a million characters");
        return problems.ToRefusal()!;
    }
}
