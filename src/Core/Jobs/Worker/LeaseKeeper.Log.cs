using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Worker;

internal sealed partial class LeaseKeeper
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.RenewFailed, LogLevel.Warning, "The leases of {Count} jobs could not be renewed; it is tried again.", EventName = "RenewFailed")]
        public static partial void RenewFailed(ILogger logger, Exception exception, int count);

        [LoggerMessage(EventIds.LeaseLost, LogLevel.Warning, "The lease of job {JobId} of kind {Kind} is lost in attempt {Attempt}; its handler is cancelled.", EventName = "LeaseLost")]
        public static partial void LeaseLost(ILogger logger, string kind, JobId jobId, int attempt);

        [LoggerMessage(EventIds.CancelRequested, LogLevel.Information, "Job {JobId} of kind {Kind} is to be cancelled; its handler is told.", EventName = "CancelRequested")]
        public static partial void CancelRequested(ILogger logger, string kind, JobId jobId);
    }
}
