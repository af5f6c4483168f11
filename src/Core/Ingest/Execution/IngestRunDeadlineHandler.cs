using Microsoft.Extensions.Options;
using Switchyard.Jobs;

namespace Switchyard.Ingest.Execution;

/// <summary>Ends a run that is unfinished at its time limit. A run that has ended stays as it is.</summary>
internal sealed class IngestRunDeadlineHandler(IOptions<IngestOptions> options, TimeProvider timeProvider) : IJobHandler<IngestRunPayload>
{
    public Task<JobRunResult> RunAsync(IngestRunPayload payload, JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobRunResult.Succeeded(
            RunEnds.InError(payload.RunUid, fence: null, IngestErrors.Timeout(options.Value.TimeLimit), timeProvider.GetUtcNow())));
}
