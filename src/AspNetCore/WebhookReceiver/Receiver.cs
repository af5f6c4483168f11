using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Webhooks;

namespace Switchyard.AspNetCore.WebhookReceiver;

/// <summary>Takes a delivery from its headers to its answer: checked, told apart from its repeats, handled.</summary>
internal sealed partial class Receiver(
    IOptions<WebhookReceiverOptions> options, IWebhookReceipts receipts, TimeProvider time, WebhookReceiverInstruments instruments, ILogger<Receiver> logger)
{
    private readonly WebhookSecret[] _secrets = [.. options.Value.Secrets.Select(WebhookSecret.Parse)];

    public async Task ReceiveAsync(HttpContext context, string pattern, Func<HttpContext, WebhookDelivery, CancellationToken, Task> handler)
    {
        var (delivery, refusal) = await CheckAsync(context.Request);
        var answer = delivery is null
            ? refusal
            : await HandleOnceAsync($"{pattern} {delivery.Id}", delivery, () => handler(context, delivery, context.RequestAborted), context.RequestAborted);
        instruments.OnAnswered(answer.Outcome);
        if (delivery is null)
        {
            LogRefused(logger, answer.Outcome);
        }

        await answer.WriteAsync(context.Response);
    }

    private async Task<(WebhookDelivery? Delivery, ReceiverAnswer Refusal)> CheckAsync(HttpRequest request)
    {
        if (ReadHeaders(request.Headers) is not { } headers)
        {
            return (null, ReceiverAnswer.MalformedHeader);
        }

        // What the headers alone show is told before a body is read.
        var early = WebhookSignature.Verify([], headers, [], time.GetUtcNow(), options.Value.Tolerance);
        if (early != WebhookVerification.NoMatchingSignature)
        {
            return (null, ReceiverAnswer.For(early));
        }

        var (body, refusal) = await ReadBodyAsync(request);
        if (body is null)
        {
            return (null, refusal);
        }

        var verification = WebhookSignature.Verify(_secrets, headers, body.Value.Span, time.GetUtcNow(), options.Value.Tolerance);
        return verification == WebhookVerification.Valid
            ? (new WebhookDelivery(headers.Id!, Timestamp(headers), request.ContentType, body.Value), ReceiverAnswer.Handled)
            : (null, ReceiverAnswer.For(verification));
    }

    private async Task<ReceiverAnswer> HandleOnceAsync(string key, WebhookDelivery delivery, Func<Task> handle, CancellationToken cancellationToken)
    {
        var begun = false;
        try
        {
            var receipt = await receipts.BeginAsync(key, cancellationToken);
            if (receipt != WebhookReceipt.Begun)
            {
                return receipt == WebhookReceipt.Handled ? ReceiverAnswer.Duplicate : ReceiverAnswer.InProgress;
            }

            begun = true;
            await handle();

            // The work is done: that the sender hung up meanwhile must not make it happen again.
            await receipts.CompleteAsync(key, CancellationToken.None);
            return ReceiverAnswer.Handled;
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception, delivery.Id);
            if (begun)
            {
                await ReleaseAsync(key, delivery.Id);
            }

            return ReceiverAnswer.Failed;
        }
    }

    private async Task ReleaseAsync(string key, string id)
    {
        try
        {
            await receipts.ReleaseAsync(key, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotReleased(logger, exception, id);
        }
    }

    private async Task<(ReadOnlyMemory<byte>? Body, ReceiverAnswer Refusal)> ReadBodyAsync(HttpRequest request)
    {
        try
        {
            return (await BoundedBody.ReadAsync(request, options.Value.MaxBodyBytes), ReceiverAnswer.TooLarge);
        }
        catch (BadHttpRequestException exception)
        {
            return (null, ReceiverAnswer.BrokenBody(exception.StatusCode));
        }
    }

    // A header that comes twice can't be told from one that was added on the way.
    private static WebhookHeaders? ReadHeaders(IHeaderDictionary headers)
    {
        var (id, timestamp, signature) = (headers[WebhookHeaders.IdName], headers[WebhookHeaders.TimestampName], headers[WebhookHeaders.SignatureName]);
        return id.Count > 1 || timestamp.Count > 1 || signature.Count > 1 ? null : new WebhookHeaders(id, timestamp, signature);
    }

    private static DateTimeOffset Timestamp(WebhookHeaders headers) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers.Timestamp!, NumberStyles.None, CultureInfo.InvariantCulture));

    [LoggerMessage(EventIds.DeliveryRefused, LogLevel.Information, "A delivery was refused: {Outcome}", EventName = nameof(EventIds.DeliveryRefused))]
    private static partial void LogRefused(ILogger logger, string outcome);

    [LoggerMessage(EventIds.DeliveryFailed, LogLevel.Error, "Delivery {Id} was not handled", EventName = nameof(EventIds.DeliveryFailed))]
    private static partial void LogFailed(ILogger logger, Exception exception, string id);

    [LoggerMessage(EventIds.ReceiptNotReleased, LogLevel.Error, "The receipt of delivery {Id} was not released", EventName = nameof(EventIds.ReceiptNotReleased))]
    private static partial void LogNotReleased(ILogger logger, Exception exception, string id);
}
