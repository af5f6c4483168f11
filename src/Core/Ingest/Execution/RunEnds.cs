namespace Switchyard.Ingest.Execution;

/// <summary>Makes the ends of runs.</summary>
internal static class RunEnds
{
    public static IngestRunFinished InError(Guid runUid, long? fence, IngestRunError error, DateTimeOffset at) =>
        new() { RunUid = runUid, Fence = fence, Success = false, At = at, Errors = [error] };
}
