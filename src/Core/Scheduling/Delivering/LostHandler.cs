using Microsoft.Extensions.Logging;
using Switchyard.Jobs;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Ends a firing whose kernel job ended without ending it: its last attempt was lost with its worker, or somebody cancelled the job.</summary>
internal sealed partial class LostHandler(TimeProvider timeProvider, ILogger<LostHandler> logger) : IJobHandler<DeliverPayload>
{
    public const string Error = "The delivery was cancelled, or its worker was lost in the last attempt; whether the receiver got it isn't known.";

    public Task<JobRunResult> RunAsync(DeliverPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        LogLost(payload.RootId);
        return Task.FromResult(JobRunResult.Succeeded(new AttemptEnded
        {
            RootId = payload.RootId,
            Attempt = null,
            Status = ExecutionStatus.DeadLetter,
            At = timeProvider.GetUtcNow(),
            Error = Error,
        }));
    }

    [LoggerMessage(EventIds.DeliveryLost, LogLevel.Warning, "Delivery {RootId} ended without its handler", EventName = "DeliveryLost")]
    private partial void LogLost(Guid rootId);
}
