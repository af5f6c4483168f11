namespace Switchyard.AspNetCore.WebhookReceiver;

/// <summary>Remembers which messages were handled, so that a message that is delivered twice is handled once.</summary>
/// <remarks>
/// The default keeps receipts in memory, which is right for one process; register your own before <c>AddWebhookReceiver</c> where several
/// processes receive or a restart must forget nothing. Implementations are safe for use by many threads at once, and MUST remember a
/// handled message for at least as long as the sender may deliver it again.
/// </remarks>
public interface IWebhookReceipts
{
    /// <summary>Begins to handle a message, unless it is being handled or was handled.</summary>
    /// <remarks>
    /// Of several calls at once for one key exactly one MUST be told <see cref="WebhookReceipt.Begun"/>. A message that was begun by a
    /// process that died MUST be handed out again after some time.
    /// </remarks>
    /// <param name="key">The route's pattern, a space, and the message's id.</param>
    /// <param name="cancellationToken">Cancels the call; then nothing was begun.</param>
    ValueTask<WebhookReceipt> BeginAsync(string key, CancellationToken cancellationToken);

    /// <summary>Notes that the message was handled.</summary>
    /// <param name="key">The key of a message that was begun.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask CompleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Notes that handling the message failed, so that its next delivery is handled.</summary>
    /// <param name="key">The key of a message that was begun.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask ReleaseAsync(string key, CancellationToken cancellationToken);
}

/// <summary>Represents what is known of a message when a delivery of it arrives.</summary>
public enum WebhookReceipt
{
    /// <summary>Nothing, until now: the caller handles it, and then completes or releases it.</summary>
    Begun = 0,

    /// <summary>Another delivery of it is being handled, with an end that nobody knows yet.</summary>
    InProgress = 1,

    /// <summary>It was handled.</summary>
    Handled = 2,
}
