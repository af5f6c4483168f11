using Microsoft.AspNetCore.Http;
using Switchyard.Webhooks;

namespace Switchyard.AspNetCore.WebhookReceiver;

/// <summary>What a delivery is answered: outcome for counters, status, and a sentence for whoever reads the sender's log.</summary>
internal sealed record ReceiverAnswer(string Outcome, int Status, string? Error = null)
{
    public static readonly ReceiverAnswer Handled = new("handled", StatusCodes.Status204NoContent);
    public static readonly ReceiverAnswer Duplicate = new("duplicate", StatusCodes.Status204NoContent);
    public static readonly ReceiverAnswer InProgress = new("in_progress", StatusCodes.Status503ServiceUnavailable, "Another delivery of this message is being handled; try again.");
    public static readonly ReceiverAnswer Failed = new("failed", StatusCodes.Status500InternalServerError, "The delivery was not handled; try again.");
    public static readonly ReceiverAnswer TooLarge = new("too_large", StatusCodes.Status413PayloadTooLarge, "The body is larger than this receiver accepts.");
    public static readonly ReceiverAnswer MalformedHeader = new("malformed_header", StatusCodes.Status400BadRequest, "The headers webhook-id, webhook-timestamp and webhook-signature must each be there once and well formed.");

    private const string RetryAfterSeconds = "5";

    private static readonly ReceiverAnswer MissingHeader = new("missing_header", StatusCodes.Status400BadRequest, "The headers webhook-id, webhook-timestamp and webhook-signature are required.");
    private static readonly ReceiverAnswer BadSignature = new("bad_signature", StatusCodes.Status401Unauthorized, "The signature is not valid.");
    private static readonly ReceiverAnswer Stale = new("stale", StatusCodes.Status401Unauthorized, "The timestamp is too far from this receiver's clock.");

    public static ReceiverAnswer For(WebhookVerification verification) => verification switch
    {
        WebhookVerification.MissingHeader => MissingHeader,
        WebhookVerification.MalformedHeader => MalformedHeader,
        WebhookVerification.TooOld or WebhookVerification.TooNew => Stale,
        _ => BadSignature,
    };

    public static ReceiverAnswer BrokenBody(int status) => new("broken_body", status, "The body could not be read.");

    public Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds;
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "StandardWebhooks";
        }

        return Error is null
            ? Task.CompletedTask
            : response.WriteAsJsonAsync(new ReceiverError(Error), ReceiverJsonContext.Default.ReceiverError, "application/json", response.HttpContext.RequestAborted);
    }
}
