namespace Switchyard.Jobs.Worker;

internal sealed partial class JobClaimer
{
    /// <summary>Sleeps where the store has nothing more that is due.</summary>
    private async Task RestAsync(int claimed, CancellationToken stop)
    {
        if (_waiting.Count > 0 || slots.Ready > 0)
        {
            if (claimed == 0)
            {
                await WaitForSlotAsync(stop).ConfigureAwait(false);
            }

            return;
        }

        var next = await GetTimeToNextAsync(stop).ConfigureAwait(false) ?? parts.Options.PollInterval;
        _idle = claimed > 0 ? 0 : _idle;
        if (claimed == 0 || next > TimeSpan.Zero)
        {
            await SleepAsync(next, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Sleeps until a signal, the next due time or the poll; longer each time that a due job can't be had.</summary>
    private async Task SleepAsync(TimeSpan next, CancellationToken stop)
    {
        var held = next <= TimeSpan.Zero;
        var poll = parts.Options.PollInterval;
        var pause = FirstPause * Math.Pow(2, Math.Min(_idle, 10));
        var wait = next > pause ? next : pause;
        outcomes.SignalEveryEnd = held;
        await parts.Signal.WaitAsync(wait < poll ? wait : poll, stop).ConfigureAwait(false);
        outcomes.SignalEveryEnd = false;
        _idle = held ? _idle + 1 : 0;
    }

    private async Task<TimeSpan?> GetTimeToNextAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(parts.Options.LeaseDuration, parts.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        return await parts.Store.GetTimeToNextAsync(_kinds, linked.Token).ConfigureAwait(false);
    }

    private async Task WaitForSlotAsync(CancellationToken stop)
    {
        TimeSpan? atMost = _waiting.Count > 0 || slots.Ready > 0 ? ClaimPlan.LongestWait : null;
        await changed.WaitAsync(atMost, stop).ConfigureAwait(false);
    }
}
