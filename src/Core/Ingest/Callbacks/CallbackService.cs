using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Ingest.Execution;
using Switchyard.Ingest.Submission;
using Switchyard.Tokens;

namespace Switchyard.Ingest.Callbacks;

/// <summary>Serves executors that run outside of this process: they begin a run, read its job, and report.</summary>
/// <remarks>
/// A refusal is 401 (no token, a bad, expired, used or outdated one, or one of the wrong type), 403 (the token is of another
/// run), 404 (no such run), 400, or 503. Methods that give <see cref="IngestRefusal"/> give <see langword="null"/> when all is well.
/// </remarks>
public sealed class CallbackService
{
    private readonly CallbackGuard _guard;
    private readonly CallbackReports _reports;
    private readonly CallbackJobs _jobs;
    private readonly CallbackTokens _tokens;
    private readonly CallbackRoutes _routes;
    private readonly IIngestRunStore _runs;
    private readonly IngestOptions _options;
    private readonly TimeProvider _timeProvider;

    internal CallbackService(
        CallbackGuard guard, CallbackReports reports, CallbackJobs jobs, CallbackTokens tokens,
        CallbackRoutes routes, IIngestRunStore runs, IOptions<IngestOptions> options, TimeProvider timeProvider)
    {
        _guard = guard;
        _reports = reports;
        _jobs = jobs;
        _tokens = tokens;
        _routes = routes;
        _runs = runs;
        _options = options.Value;
        _timeProvider = timeProvider;
    }

    /// <summary>Checks a token without using it, so that a caller is known before anything else of its request is looked at.</summary>
    /// <param name="token">The bearer token, without its scheme.</param>
    /// <param name="use">What the token has to be for.</param>
    /// <param name="runUid">The run of the path; <see langword="null"/> where that is no UUID, and the token alone can be checked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why the token is not good (401), is another run's (403) or of an unknown run (404), or <see langword="null"/>.</returns>
    public async Task<IngestRefusal?> AuthorizeAsync(string? token, CallbackTokenUse use, Guid? runUid, CancellationToken cancellationToken = default)
    {
        var type = use == CallbackTokenUse.Init ? CallbackToken.Init : CallbackToken.Access;
        if (_options.CallbackKey is null)
        {
            return CallbackGuard.BadToken;
        }

        if (runUid is { } run)
        {
            return (await _guard.AdmitAsync(token, type, run, cancellationToken).ConfigureAwait(false)).Refusal;
        }

        return _tokens.Read(token, type) is null ? CallbackGuard.BadToken : null;
    }

    /// <summary>Begins a run by its init token, which is good once.</summary>
    /// <param name="token">The bearer token, without its scheme.</param>
    /// <param name="runUid">The run of the path.</param>
    /// <param name="cancellationToken">Gives up; the token may be spent then.</param>
    public async Task<CallbackInit> InitAsync(string? token, Guid runUid, CancellationToken cancellationToken = default)
    {
        var entry = await _guard.AdmitAsync(token, CallbackToken.Init, runUid, cancellationToken).ConfigureAwait(false);
        if (entry.Refusal is { } refusal)
        {
            return new CallbackInit.Refused(refusal);
        }

        return await _runs.InitializeAsync(runUid, entry.Fence, cancellationToken).ConfigureAwait(false)
            ? new CallbackInit.Begun(_tokens.Make(runUid, CallbackToken.Access, entry.Fence), _routes.Job(runUid))
            : new CallbackInit.Refused(CallbackGuard.BadToken);
    }

    /// <summary>Gets what the executor needs to know. It holds credentials: never log it.</summary>
    public async Task<CallbackJobResult> GetJobAsync(string? token, Guid runUid, CancellationToken cancellationToken = default)
    {
        var entry = await _guard.AdmitAsync(token, CallbackToken.Access, runUid, cancellationToken).ConfigureAwait(false);
        try
        {
            return entry.Refusal is { } refusal
                ? new CallbackJobResult.Refused(refusal)
                : await _jobs.DescribeAsync(entry.Run!, cancellationToken).ConfigureAwait(false);
        }
        catch (BlobStoreUnavailableException)
        {
            return new CallbackJobResult.Refused(JobSubmitter.StoreUnavailable);
        }
    }

    /// <summary>Records a step; <c>done</c> ends the run, well if <paramref name="state"/> is <c>success</c>. A repeated one is no error.</summary>
    public async Task<IngestRefusal?> ReportStatusAsync(string? token, Guid runUid, string action, string state, CancellationToken cancellationToken = default)
    {
        var entry = await _guard.AdmitAsync(token, CallbackToken.Access, runUid, cancellationToken).ConfigureAwait(false);
        try
        {
            return entry.Refusal ?? await _reports.StatusAsync(entry, action, state, cancellationToken).ConfigureAwait(false);
        }
        catch (BlobStoreUnavailableException)
        {
            return JobSubmitter.StoreUnavailable;
        }
    }

    /// <summary>Records an error; the run goes on until <c>done</c>.</summary>
    /// <param name="token">The bearer token.</param>
    /// <param name="runUid">The run of the path.</param>
    /// <param name="code">A stable code, such as <c>earthmover_run</c>.</param>
    /// <param name="payload">What came along, a JSON text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IngestRefusal?> ReportErrorAsync(string? token, Guid runUid, string code, string? payload, CancellationToken cancellationToken = default)
    {
        var entry = await _guard.AdmitAsync(token, CallbackToken.Access, runUid, cancellationToken).ConfigureAwait(false);
        return entry.Refusal ?? await _reports.ErrorAsync(entry, code, payload, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records counts by resource, a JSON text, replacing those before.</summary>
    public Task<IngestRefusal?> ReportSummaryAsync(string? token, Guid runUid, string json, CancellationToken cancellationToken = default) =>
        ReportAsync(token, runUid, json, text => new RunReport.Summary(text), cancellationToken);

    /// <summary>Records identifiers that couldn't be matched, a JSON text, replacing those before.</summary>
    public Task<IngestRefusal?> ReportUnmatchedIdsAsync(string? token, Guid runUid, string json, CancellationToken cancellationToken = default) =>
        ReportAsync(token, runUid, json, text => new RunReport.UnmatchedIds(text), cancellationToken);

    /// <summary>Hands one waiting run to an executor that runs elsewhere.</summary>
    /// <param name="scopes">What the executor's own token grants; <see cref="IngestScopes.ExecuteJobs"/> is needed.</param>
    /// <param name="cancellationToken">Gives up; a run may have been handed out then, and is again after a while.</param>
    public async Task<HandOutResult> HandOutAsync(ScopeSet scopes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (!scopes.Contains(IngestScopes.ExecuteJobs))
        {
            return new HandOutResult.Refused(new(403, "insufficient_scope", $"The token does not hold the scope {IngestScopes.ExecuteJobs}."));
        }

        if (_options.Executor != CallbackExecutor.ExecutorName)
        {
            return new HandOutResult.NothingWaits();
        }

        var now = _timeProvider.GetUtcNow();
        var waiting = await _runs.HandOutAsync(now - _options.HandOutAgainAfter, cancellationToken).ConfigureAwait(false);
        return waiting is null
            ? new HandOutResult.NothingWaits()
            : new HandOutResult.HandedOut(
                waiting.Run.Uid,
                _tokens.Make(waiting.Run.Uid, CallbackToken.Init, waiting.Run.Fence),
                _routes.Init(waiting.Run.Uid),
                RunClock.Left(waiting.Run, _options, now));
    }

    private async Task<IngestRefusal?> ReportAsync(
        string? token, Guid runUid, string json, Func<string, RunReport> report, CancellationToken cancellationToken)
    {
        var entry = await _guard.AdmitAsync(token, CallbackToken.Access, runUid, cancellationToken).ConfigureAwait(false);
        return entry.Refusal ?? await _reports.JsonAsync(entry, json, report, cancellationToken).ConfigureAwait(false);
    }
}
