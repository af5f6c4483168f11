using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Switchyard.Scheduling.Delivering;

/// <summary>
/// Keeps webhooks whose receivers don't answer from taking the slots of those whose receivers do: one that answers has a few places,
/// one of which that isn't known has one, and all of these share half of the slots. What finds no place goes on in other slots (decision 30).
/// </summary>
/// <remarks>Each process learns by itself and forgets what it learned when it ends: then a few slots are lent once more.</remarks>
internal sealed class ReceiverPlaces(IOptions<SchedulingOptions> options, TimeProvider timeProvider) : IDisposable
{
    /// <summary>How long nothing may come from a receiver before deliveries stop to wait for a place with it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // A receiver that answers, but not as quickly as work comes in, must not hold all slots by those who wait.
    private const int MostRounds = 30;
    private const int MostKept = 100_000;
    private readonly ConcurrentDictionary<Guid, Receiver> _receivers = new();
    private readonly SemaphoreSlim _unproven = new(Math.Max(1, options.Value.DeliveryConcurrency / 2));
    private int _made;

    /// <summary>Gets a place for a delivery to a webhook, or <see langword="null"/> where it shall not wait here.</summary>
    public async ValueTask<Place?> TryEnterAsync(Guid webhook, CancellationToken cancellationToken)
    {
        var receiver = Of(webhook);
        for (var round = 0; round < MostRounds && receiver.MayWait(timeProvider); round++)
        {
            if (!receiver.Answers)
            {
                // One finds out whether the receiver answers; the others wait for what it finds.
                var first = TryFindOut(receiver, out var isFull);
                if (first is not null || isFull)
                {
                    return first;
                }

                await receiver.WaitForAnswerAsync(timeProvider, cancellationToken).ConfigureAwait(false);
            }
            else if (receiver.Places.Wait(0, CancellationToken.None) || await WaitAsync(receiver, cancellationToken).ConfigureAwait(false))
            {
                return new Place(receiver, timeProvider.GetTimestamp()) { Places = receiver.Places };
            }
        }

        return receiver.Answers ? TryUnproven(receiver) : TryFindOut(receiver, out _);
    }

    /// <summary>Takes note of how an attempt ended: by an answer or a quick refusal, or by nothing for a long time.</summary>
    public void OnEnded(Guid webhook, bool hung) => Of(webhook).OnEnded(hung, timeProvider.GetTimestamp());

    /// <summary>Gets whether an attempt's end says that the receiver hangs.</summary>
    public static bool Hung(SendOutcome outcome, TimeSpan elapsed) =>
        outcome.Kind == SendKind.TimedOut || (outcome is { Kind: SendKind.Unanswered, Answer: null } && elapsed >= Patience);

    public void Dispose() => _unproven.Dispose();

    private Place? TryFindOut(Receiver receiver, out bool isFull)
    {
        isFull = false;
        if (!receiver.TryBeFirst())
        {
            return null;
        }

        if (_unproven.Wait(0, CancellationToken.None))
        {
            return new Place(receiver, timeProvider.GetTimestamp()) { IsFirst = true, Unproven = _unproven };
        }

        isFull = true;
        receiver.BeFirstNoMore();
        return null;
    }

    // A receiver that takes its time, or has begun to hang: nobody knows yet.
    private Place? TryUnproven(Receiver receiver)
    {
        if (!receiver.Places.Wait(0, CancellationToken.None))
        {
            return null;
        }

        if (_unproven.Wait(0, CancellationToken.None))
        {
            return new Place(receiver, timeProvider.GetTimestamp()) { Places = receiver.Places, Unproven = _unproven };
        }

        receiver.Places.Release();
        return null;
    }

    private async Task<bool> WaitAsync(Receiver receiver, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await receiver.Places.WaitAsync(linked.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private Receiver Of(Guid webhook)
    {
        if (_receivers.TryGetValue(webhook, out var there))
        {
            return there;
        }

        if (Interlocked.Increment(ref _made) % MostKept == 0)
        {
            foreach (var idle in _receivers.Where(receiver => receiver.Value.Running == 0))
            {
                _receivers.TryRemove(idle);
            }
        }

        return _receivers.GetOrAdd(webhook, _ => new Receiver(options.Value.DeliveriesPerWebhook));
    }

    /// <summary>A place that a delivery holds until it is disposed of.</summary>
    public sealed class Place : IDisposable
    {
        private readonly Receiver _receiver;

        public Place(Receiver receiver, long now)
        {
            _receiver = receiver;
            receiver.OnBegun(now);
        }

        public bool IsFirst { get; init; }

        public SemaphoreSlim? Places { get; init; }

        public SemaphoreSlim? Unproven { get; init; }

        public void Dispose()
        {
            _receiver.OnLeft();
            if (IsFirst)
            {
                _receiver.BeFirstNoMore();
            }

            Places?.Release();
            Unproven?.Release();
        }
    }
}
