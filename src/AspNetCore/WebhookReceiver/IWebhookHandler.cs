namespace Switchyard.AspNetCore.WebhookReceiver;

/// <summary>Handles deliveries. Resolved from the scope of the request.</summary>
public interface IWebhookHandler
{
    /// <summary>Handles a delivery. When it returns, the sender is told that the message has arrived; when it throws, the sender tries again.</summary>
    /// <remarks>
    /// A message may be handled twice all the same, when the process dies between the handler's end and the note of it: effects should
    /// be such that <see cref="WebhookDelivery.Id"/> makes them happen once.
    /// </remarks>
    /// <param name="delivery">The delivery.</param>
    /// <param name="cancellationToken">Is cancelled when the sender hangs up, which it does when its time limit is over.</param>
    Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken);
}
