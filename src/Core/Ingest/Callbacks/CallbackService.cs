using Switchyard.Tokens;

namespace Switchyard.Ingest.Callbacks;

/// <summary>Serves executors that run outside of this process: they begin a run, read its job, and report.</summary>
/// <remarks>
/// A refusal is 401 (no token, a bad, expired, used or outdated one, or one of the wrong type), 403 (the token is of another
/// run), 404 (no such run) or 400. Methods that give <see cref="IngestRefusal"/> give <see langword="null"/> when all is well.
/// </remarks>
public sealed class CallbackService
{
    /// <summary>Checks a token without using it, so that a caller is known before anything else of its request is looked at.</summary>
    /// <param name="token">The bearer token, without its scheme.</param>
    /// <param name="use">What the token has to be for.</param>
    /// <param name="runUid">The run of the path; <see langword="null"/> where that is no UUID, and the token alone can be checked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why the token is not good (401) or is another run's (403), or <see langword="null"/>.</returns>
    public Task<IngestRefusal?> AuthorizeAsync(string? token, CallbackTokenUse use, Guid? runUid, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Begins a run by its init token, which is good once.</summary>
    /// <param name="token">The bearer token, without its scheme.</param>
    /// <param name="runUid">The run of the path.</param>
    /// <param name="cancellationToken">Gives up; the token may be spent then.</param>
    public Task<CallbackInit> InitAsync(string? token, Guid runUid, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Gets what the executor needs to know. It holds credentials: never log it.</summary>
    public Task<CallbackJobResult> GetJobAsync(string? token, Guid runUid, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Records a step; <c>done</c> ends the run, well if <paramref name="state"/> is <c>success</c>. A repeated one is no error.</summary>
    public Task<IngestRefusal?> ReportStatusAsync(string? token, Guid runUid, string action, string state, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Records an error; the run goes on until <c>done</c>.</summary>
    /// <param name="token">The bearer token.</param>
    /// <param name="runUid">The run of the path.</param>
    /// <param name="code">A stable code, such as <c>earthmover_run</c>.</param>
    /// <param name="payload">What came along, a JSON text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IngestRefusal?> ReportErrorAsync(string? token, Guid runUid, string code, string? payload, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Records counts by resource, a JSON text, replacing those before.</summary>
    public Task<IngestRefusal?> ReportSummaryAsync(string? token, Guid runUid, string json, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Records identifiers that couldn't be matched, a JSON text, replacing those before.</summary>
    public Task<IngestRefusal?> ReportUnmatchedIdsAsync(string? token, Guid runUid, string json, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Hands one waiting run to an executor that runs elsewhere.</summary>
    /// <param name="scopes">What the executor's own token grants; <see cref="IngestScopes.ExecuteJobs"/> is needed.</param>
    /// <param name="cancellationToken">Gives up; a run may have been handed out then, and is again after a while.</param>
    public Task<HandOutResult> HandOutAsync(ScopeSet scopes, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
