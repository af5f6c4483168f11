using System.Globalization;
using System.Net;
using Switchyard.Outbound;
using Switchyard.Scheduling.Rendering;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Sends a request once, through the outbound guard, within a time limit over the whole exchange.</summary>
internal sealed class WebhookSender(IOutboundGuard guard, TimeProvider timeProvider)
{
    /// <summary>Sends a request. Throws for its caller's cancellation alone, and for what is nobody's fault but ours.</summary>
    public async Task<SendOutcome> SendAsync(OutgoingRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var reading = new AnswerReader(new SecretEcho(request.Headers.Take(request.OwnHeaders)));
        try
        {
            using var message = request.ToMessage();
            using var response = await guard.SendAsync(message, linked.Token).ConfigureAwait(false);
            await reading.ReadAsync(response, linked.Token).ConfigureAwait(false);
            return Judge(response, reading.Answer);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // In whatever exception our own cancellation comes back, nothing is known of the receiver.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (timeout.IsCancellationRequested && exception is OperationCanceledException or HttpRequestException or IOException)
        {
            return new(SendKind.TimedOut, reading.Answer, string.Create(CultureInfo.InvariantCulture, $"The receiver took longer than {limit.TotalSeconds:0.###} seconds."));
        }
        catch (OutboundRefusedException refused)
        {
            return new(SendKind.NotAllowed, null, $"Destination not allowed: {refused.Reason}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return new(SendKind.Unanswered, reading.Answer, SendErrors.Of(exception));
        }
    }

    /// <summary>Says what an answer means. Total: there is no code without a meaning.</summary>
    internal static SendOutcome Judge(HttpResponseMessage response, DeliveryAnswer? answer)
    {
        var code = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return new(SendKind.Delivered, answer, null);
        }

        var retryAfter = response.Headers.NonValidated.TryGetValues("Retry-After", out var values) && values.Count == 1 ? values.ToString() : null;
        return response.StatusCode == HttpStatusCode.Gone
            ? new(SendKind.Gone, answer, "The receiver answered 410: it is gone for good.")
            : new(SendKind.Rejected, answer, code is >= 300 and < 400 ? $"The receiver answered {code}; redirects are not followed." : $"The receiver answered {code}.", retryAfter);
    }
}
