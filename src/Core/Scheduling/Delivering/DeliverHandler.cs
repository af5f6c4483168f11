using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Jobs;
using Switchyard.Scheduling.Firing;
using Switchyard.Scheduling.Rendering;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Delivers a firing: begins the attempt, builds its request from what schedule and webhook are now, sends it, and ends the attempt by an effect.</summary>
internal sealed partial class DeliverHandler(
    IExecutionStore executions,
    RequestBuilder builder,
    WebhookSecrets secrets,
    WebhookSender sender,
    ReceiverPlaces places,
    SchedulingInstruments instruments,
    IOptions<SchedulingOptions> options,
    TimeProvider timeProvider,
    ILogger<DeliverHandler> logger) : IJobHandler<DeliverPayload>
{
    private DateTimeOffset Now => timeProvider.GetUtcNow();

    public async Task<JobRunResult> RunAsync(DeliverPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        if (payload.IsSlow || payload.WebhookId is not { } webhook)
        {
            return await BeginAsync(payload, context, cancellationToken).ConfigureAwait(false);
        }

        using var place = await places.TryEnterAsync(webhook, cancellationToken).ConfigureAwait(false);
        return place is null
            ? JobRunResult.Succeeded(DeliveryJobs.HandedOver(payload, context))
            : await BeginAsync(payload, context, cancellationToken).ConfigureAwait(false);
    }

    private async Task<JobRunResult> BeginAsync(DeliverPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var start = new AttemptStart(payload.RootId, payload.Before + context.Attempt, options.Value.WorkerId, Now);
        if (await executions.BeginAsync(start, cancellationToken).ConfigureAwait(false) is not { } delivery)
        {
            // It has ended already, or job or schedule were removed: there is nothing left to do, nor to say.
            return JobRunResult.Succeeded();
        }

        if (DeliveryRules.WhyNot(delivery) is { } why)
        {
            instruments.OnNotSent();
            LogFailed(delivery.Execution.RootId, delivery.Execution.Attempt, why);
            return AttemptEnds.Final(delivery.Execution, why, Now);
        }

        instruments.OnBegun(delivery.Execution, start.At);
        var outcome = await DeliverAsync(delivery, delivery.Webhook!, context, cancellationToken).ConfigureAwait(false);
        Tell(delivery.Execution, outcome, context);
        return AttemptEnds.Of(delivery.Execution, outcome, context with { Attempt = payload.Spent + context.Attempt, MaxAttempts = payload.Spent + context.MaxAttempts }, options.Value, Now);
    }

    private async Task<SendOutcome> DeliverAsync(Delivery delivery, Webhook webhook, JobContext context, CancellationToken cancellationToken)
    {
        var activity = instruments.StartAttempt(delivery.Execution);
        var began = timeProvider.GetTimestamp();
        SendOutcome? outcome = null;
        try
        {
            outcome = Build(delivery, webhook, activity) is { } request
                ? await sender.SendAsync(request, webhook.Timeout, cancellationToken).ConfigureAwait(false)
                : new(SendKind.Unsendable, null, DeliveryRules.BodyTooLong);
        }
        catch (CryptographicException exception)
        {
            LogUnreadable(exception, webhook.Id);
            outcome = new(SendKind.Unanswered, null, "The webhook's headers or secret can't be decrypted here.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogThrew(exception, delivery.Execution.RootId, delivery.Execution.Attempt);
            outcome = new(SendKind.Unanswered, null, "The delivery failed unexpectedly.");
        }
        finally
        {
            // None where we were stopped: then nothing is known of the attempt, and it will be begun again.
            instruments.StopAttempt(activity, outcome is null ? null : Name(outcome, context), outcome?.Answer?.StatusCode, timeProvider.GetElapsedTime(began));
        }

        places.OnEnded(webhook.Id, ReceiverPlaces.Hung(outcome, timeProvider.GetElapsedTime(began)));
        return outcome;
    }

    private OutgoingRequest? Build(Delivery delivery, Webhook webhook, Activity? activity)
    {
        var (execution, schedule) = (delivery.Execution, delivery.Schedule);
        var values = new TemplateValues(schedule.Id, schedule.Name, execution.Id, execution.Attempt, execution.ScheduledAt, Now);
        return builder.Build(RequestParts.Of(webhook, secrets, values, execution.RootId) with { TraceParent = TraceParent.Of(activity, execution.RootId) });
    }

    private static string Name(SendOutcome outcome, JobContext context) => outcome.Kind switch
    {
        SendKind.Delivered => "success",
        SendKind.NotAllowed => "refused",
        SendKind.Gone or SendKind.Unsendable => "failure",
        _ when context.IsLastAttempt => "dead_letter",
        SendKind.TimedOut => "timed_out",
        _ => "failure",
    };

    private void Tell(Execution execution, SendOutcome outcome, JobContext context)
    {
        if (outcome.Kind == SendKind.Gone)
        {
            instruments.OnWebhookDisabled();
            LogGone(execution.WebhookId);
        }
        else if (outcome.MayBeRetried && context.IsLastAttempt)
        {
            LogDeadLetter(execution.RootId, execution.Attempt, outcome.Error);
        }
        else if (outcome.Kind != SendKind.Delivered)
        {
            LogFailed(execution.RootId, execution.Attempt, outcome.Error);
        }
    }

    [LoggerMessage(EventIds.AttemptFailed, LogLevel.Information, "Attempt {Attempt} to deliver {RootId} failed: {Error}", EventName = "AttemptFailed")]
    private partial void LogFailed(Guid rootId, int attempt, string? error);

    [LoggerMessage(EventIds.AttemptThrew, LogLevel.Error, "Attempt {Attempt} to deliver {RootId} threw", EventName = "AttemptThrew")]
    private partial void LogThrew(Exception exception, Guid rootId, int attempt);

    [LoggerMessage(EventIds.WebhookDisabled, LogLevel.Warning, "Webhook {WebhookId} is disabled: its receiver answered 410", EventName = "WebhookDisabled")]
    private partial void LogGone(Guid? webhookId);

    [LoggerMessage(EventIds.DeadLetter, LogLevel.Warning, "Delivery {RootId} is a dead letter after attempt {Attempt}: {Error}", EventName = "DeadLetter")]
    private partial void LogDeadLetter(Guid rootId, int attempt, string? error);

    [LoggerMessage(EventIds.SecretsUnreadable, LogLevel.Error, "What webhook {WebhookId} keeps secret can't be decrypted: were the keys of ISecretProtector lost or changed?", EventName = "SecretsUnreadable")]
    private partial void LogUnreadable(Exception exception, Guid webhookId);
}
