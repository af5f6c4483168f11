using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Recurring.Ticking;

/// <summary>Fires what is due, at whole seconds of the store's clock, as every other node may at the same time: the store keeps them apart.</summary>
internal sealed partial class RecurrenceTicker(RecurrenceTickerParts parts) : BackgroundService
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(1);
    private static readonly RetryOptions Spacing = new() { FirstDelay = TimeSpan.FromSeconds(1), Factor = 2, MaxDelay = TimeSpan.FromSeconds(5), Jitter = 0.2 };
    private readonly TickClock _clock = new(parts.Options.TickInterval, parts.TimeProvider);
    private readonly TickCaution _caution = new(parts.Options.BatchSize);
    private int _failures;
    private DateTimeOffset? _nextAt;

    /// <summary>Fires one batch.</summary>
    /// <returns>Whether there is more to do at once.</returns>
    public async Task<bool> TickAsync(CancellationToken stop)
    {
        var plan = new TickPlan(parts.Planner, _caution, parts.Logger);
        var (limit, started) = (_caution.Limit, parts.TimeProvider.GetTimestamp());
        try
        {
            using var activity = new TickActivity(parts.Instruments);
            var tick = await CallAsync(
                token => parts.Store!.FireAsync(limit, parts.Kinds, (due, now) => activity.During(() => plan.Make(due, now)), token), stop).ConfigureAwait(false);
            _clock.Set(tick.Now, started);
            _nextAt = tick.NextAt;
            _caution.OnSucceeded();
            parts.Instruments.OnTick();
            Report(plan, parts.TimeProvider.GetElapsedTime(started));
            return tick.Taken > 0 && (tick.Taken >= limit || plan.HasRest);
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            _caution.OnFailed(plan.Due);
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (parts.Store is null || !parts.Options.Enabled)
        {
            return;
        }

        await Task.WhenAll(
            parts.Registrar.RegisterAsync(parts.Store, stoppingToken), RunAsync(stoppingToken), new LedgerPruner(parts).RunAsync(parts.Store, stoppingToken)).ConfigureAwait(false);
    }

    private async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(await TickAllAsync(stop).ConfigureAwait(false), parts.TimeProvider, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Fires all that is due, and says how long to wait.</summary>
    private async Task<TimeSpan> TickAllAsync(CancellationToken stop)
    {
        try
        {
            while (await TickAsync(stop).ConfigureAwait(false))
            {
                stop.ThrowIfCancellationRequested();
            }

            if (_failures > 0)
            {
                Log.Recovered(parts.Logger, _failures);
            }

            _failures = 0;
            return _clock.UntilNext(_nextAt);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            _failures++;
            parts.JobsInstruments.OnStoreFailed("fire");
            Log.TickFailed(parts.Logger, exception, _failures);
            return RetryPolicy.NextDelay(_failures, Spacing, parts.Randomizer);
        }
    }

    private void Report(TickPlan plan, TimeSpan elapsed)
    {
        if (plan.Firings.Count > 0)
        {
            parts.Instruments.OnFired(plan.Firings, elapsed);
            for (var i = 0; i < plan.PutOff; i++)
            {
                parts.Instruments.OnPutOff();
            }
        }
    }

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(CallLimit, parts.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        return await call(linked.Token).ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.TickFailed, LogLevel.Warning,
            "What is due could not be fired, {Failures} times running; it is tried again within seconds. Nothing is lost: it fires, or is recorded, when the store is back.", EventName = "TickFailed")]
        public static partial void TickFailed(ILogger logger, Exception exception, int failures);

        [LoggerMessage(EventIds.TickRecovered, LogLevel.Information, "What is due fires again, after {Failures} failures.", EventName = "TickRecovered")]
        public static partial void Recovered(ILogger logger, int failures);
    }
}
