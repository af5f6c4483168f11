using Microsoft.Extensions.Options;

namespace Switchyard.AspNetCore.WebhookReceiver;

/// <summary>Remembers handled messages for a time and up to a number; forgets all of them with the process.</summary>
internal sealed class InMemoryWebhookReceipts(IOptions<WebhookReceiverOptions> options, TimeProvider time) : IWebhookReceipts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, WebhookReceipt> _receipts = new(StringComparer.Ordinal);

    // All live equally long, so the order in which they were handled is the one in which they are forgotten.
    private readonly Queue<(string Key, long HandledAt)> _handled = new();

    public ValueTask<WebhookReceipt> BeginAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Forget_NeedsLock();
            if (_receipts.TryGetValue(key, out var known))
            {
                return ValueTask.FromResult(known);
            }

            _receipts.Add(key, WebhookReceipt.InProgress);
            return ValueTask.FromResult(WebhookReceipt.Begun);
        }
    }

    public ValueTask CompleteAsync(string key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _receipts[key] = WebhookReceipt.Handled;
            _handled.Enqueue((key, time.GetTimestamp()));
            Forget_NeedsLock();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReleaseAsync(string key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _receipts.Remove(key);
        }

        return ValueTask.CompletedTask;
    }

    private void Forget_NeedsLock()
    {
        while (_handled.TryPeek(out var oldest)
            && (_handled.Count > options.Value.MaxReceipts || time.GetElapsedTime(oldest.HandledAt) >= options.Value.ReceiptLifetime))
        {
            _receipts.Remove(_handled.Dequeue().Key);
        }
    }
}
