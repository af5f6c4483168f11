using Microsoft.Extensions.Logging;

namespace Switchyard.Tokens.Keys;

/// <summary>Keeps an issuer's keys fresh: one fetch at a time, and none that a flood of forged tokens could multiply.</summary>
internal sealed partial class OidcKeySource(
    string name, OidcIssuerOptions options, KeyDocuments documents, TimeProvider time, TokensInstruments instruments, ILogger<OidcKeySource> logger)
    : ITokenKeySource, IDisposable
{
    // While there are no keys at all, requests fetch too, but no faster than this.
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private volatile TokenKeySet? _current;
    private long _dueAt = time.GetTimestamp();
    private long _nextAttemptByRequestAt = time.GetTimestamp();
    private long _nextUnknownKeyAt = time.GetTimestamp();
    private int _failures;
    private Fetch? _underWay;

    /// <summary>Gets how long until the keys are due to be fetched again.</summary>
    public TimeSpan UntilDue
    {
        get
        {
            var left = time.GetElapsedTime(time.GetTimestamp(), Volatile.Read(ref _dueAt));
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public async ValueTask<TokenKeySet?> GetAsync(CancellationToken cancellationToken)
    {
        if (_current is { } keys && !IsPast(Volatile.Read(ref _dueAt)))
        {
            return keys;
        }

        // After a failure the last good keys serve at once: an outage must cost no request the fetch's time limit.
        if (StartDue() is { } fetch && (_current is null || Volatile.Read(ref _failures) == 0))
        {
            await fetch.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return _current;
    }

    public async ValueTask<TokenKeySet> RefreshAsync(TokenKeySet seen, CancellationToken cancellationToken)
    {
        while (ReferenceEquals(_current, seen) && StartForUnknownKey() is { } fetch)
        {
            await fetch.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (fetch.IsForUnknownKey)
            {
                break;
            }
        }

        return _current ?? seen;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private Fetch? StartDue()
    {
        lock (_gate)
        {
            if (_underWay is not null)
            {
                return _underWay;
            }

            var mayStart = IsPast(_current is null ? _nextAttemptByRequestAt : _dueAt);
            return mayStart ? Start_NeedsLock(isForUnknownKey: false) : null;
        }
    }

    // A fetch that is under way may have begun before the rotation, so it is joined but doesn't use up the cool-down.
    private Fetch? StartForUnknownKey()
    {
        lock (_gate)
        {
            if (_underWay is not null)
            {
                return _underWay;
            }

            if (!IsPast(_nextUnknownKeyAt))
            {
                return null;
            }

            _nextUnknownKeyAt = After(options.UnknownKeyCooldown);
            return Start_NeedsLock(isForUnknownKey: true);
        }
    }

    private Fetch Start_NeedsLock(bool isForUnknownKey)
    {
        // Apart from the request that asks for it: others wait for it too, and it must not end with that request.
        var fetch = new Fetch(isForUnknownKey);
        _underWay = fetch;
        _ = Task.Run(() => RunAsync(fetch), CancellationToken.None);
        return fetch;
    }

    private async Task RunAsync(Fetch fetch)
    {
        TokenKeySet? fetched = null;
        try
        {
            using var limit = new CancellationTokenSource(options.BackchannelTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
            fetched = await documents.FetchAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Whatever an issuer does, the keys at hand stay and the next fetch comes; a fetch must not fault, as all who wait would.
            LogFailure(failure);
        }

        Settle(fetched, fetch.IsForUnknownKey);
        fetch.Complete();
    }

    private void Settle(TokenKeySet? fetched, bool wasForUnknownKey)
    {
        var changed = false;
        lock (_gate)
        {
            _underWay = null;

            // A forged kid at a broken issuer must not bring the next regular fetch forward.
            if (fetched is not null || !wasForUnknownKey)
            {
                _failures = fetched is null ? _failures + 1 : 0;
                Volatile.Write(ref _dueAt, After(fetched is null ? PauseAfter(_failures) : options.RefreshInterval));
                _nextAttemptByRequestAt = After(LeastPause);
            }

            // The same keys stay the same instance: a new one would forget every verified token.
            if (fetched is not null && (_current is null || !fetched.Keys.SequenceEqual(_current.Keys, StringComparer.Ordinal)))
            {
                _current = fetched;
                changed = true;
            }
        }

        instruments.OnKeysFetched(name, fetched is null ? "failed" : changed ? "changed" : "unchanged");
        if (changed)
        {
            LogKeysChanged(name, fetched!.Keys.Count);
        }
    }

    private static TimeSpan PauseAfter(int failures) =>
        TimeSpan.FromTicks(Math.Min(MostPause.Ticks, LeastPause.Ticks << Math.Min(failures - 1, 10)));

    private bool IsPast(long timestamp) => time.GetTimestamp() >= timestamp;

    private long After(TimeSpan span) => time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);

    private void LogFailure(Exception failure)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        // The message alone: it names the fault, and no document is worth a stack trace.
        var reason = failure is OperationCanceledException ? $"no answer within {options.BackchannelTimeout}" : failure.Message;
        if (_current is null)
        {
            LogFirstFetchFailed(name, reason);
            return;
        }

        LogFetchFailed(name, reason);
    }

    [LoggerMessage(EventIds.KeysChanged, LogLevel.Information, "Issuer {Issuer} has {Count} usable keys now", EventName = nameof(EventIds.KeysChanged))]
    private partial void LogKeysChanged(string issuer, int count);

    [LoggerMessage(EventIds.KeyFetchFailed, LogLevel.Warning, "The keys of issuer {Issuer} could not be refreshed, the last good ones stay: {Reason}", EventName = nameof(EventIds.KeyFetchFailed))]
    private partial void LogFetchFailed(string issuer, string reason);

    [LoggerMessage(EventIds.FirstKeyFetchFailed, LogLevel.Error, "The keys of issuer {Issuer} could not be fetched, its tokens are answered 503 until they are: {Reason}", EventName = nameof(EventIds.FirstKeyFetchFailed))]
    private partial void LogFirstFetchFailed(string issuer, string reason);

    private sealed class Fetch(bool isForUnknownKey)
    {
        private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsForUnknownKey { get; } = isForUnknownKey;

        public Task Completion => _completion.Task;

        public void Complete() => _completion.SetResult();
    }
}
