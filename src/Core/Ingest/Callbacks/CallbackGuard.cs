namespace Switchyard.Ingest.Callbacks;

/// <summary>Decides whether a callback may pass: token (401), its run (403), the run itself (404), its fence (401).</summary>
internal sealed class CallbackGuard(CallbackTokens tokens, IIngestRunStore runs)
{
    /// <summary>The answer to every token that isn't good, whatever is wrong with it.</summary>
    public static IngestRefusal BadToken { get; } = new(401, "invalid_token", "The token is missing, invalid, expired, used or replaced by a later one.");

    public async Task<CallbackEntry> AdmitAsync(string? text, string type, Guid runUid, CancellationToken cancellationToken)
    {
        if (tokens.Read(text, type) is not { } token)
        {
            return new(BadToken, null, 0);
        }

        if (token.RunId != runUid)
        {
            return new(new(403, "wrong_run", "The token belongs to another run."), null, 0);
        }

        var run = await runs.FindAsync(runUid, cancellationToken).ConfigureAwait(false);
        return run switch
        {
            null => new(new(404, "run_not_found", "There is no such run."), null, 0),
            _ when run.Run.Fence != token.Fence => new(BadToken, null, 0),
            _ => new(null, run, token.Fence),
        };
    }
}

/// <summary>Represents a callback that may pass, or why it may not.</summary>
internal sealed record CallbackEntry(IngestRefusal? Refusal, IngestRunWithJob? Run, long Fence);
