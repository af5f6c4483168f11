using Switchyard.Jobs;

namespace Switchyard.Ingest.Execution;

/// <summary>Ends a run whose kernel job ended without ending it, such as one that was lost at its last attempt.</summary>
internal sealed class IngestRunLostHandler(TimeProvider timeProvider) : IJobHandler<IngestRunPayload>
{
    public Task<JobRunResult> RunAsync(IngestRunPayload payload, JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobRunResult.Succeeded(RunEnds.InError(payload.RunUid, fence: null, IngestErrors.Lost, timeProvider.GetUtcNow())));
}
