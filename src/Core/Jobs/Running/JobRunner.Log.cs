using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Running;

internal sealed partial class JobRunner
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.AttemptFailed, LogLevel.Warning, "Job {JobId} of kind {Kind} failed in attempt {Attempt} of {MaxAttempts}: {Error}", EventName = "AttemptFailed")]
        public static partial void AttemptFailed(ILogger logger, Exception? exception, string kind, JobId jobId, int attempt, int maxAttempts, string error);

        [LoggerMessage(EventIds.AttemptInterrupted, LogLevel.Information, "Attempt {Attempt} of job {JobId} of kind {Kind} was interrupted: {Reason}", EventName = "AttemptInterrupted")]
        public static partial void AttemptInterrupted(ILogger logger, Exception exception, string kind, JobId jobId, int attempt, InterruptionReason reason);
    }
}
