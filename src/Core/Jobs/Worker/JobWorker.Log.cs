using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Worker;

internal sealed partial class JobWorker
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.WorkerStarted, LogLevel.Information, "Worker {Name} runs up to {Concurrency} jobs at once, of kinds {Kinds}", EventName = "WorkerStarted")]
        public static partial void WorkerStarted(ILogger logger, string name, int concurrency, string kinds);

        [LoggerMessage(EventIds.WorkerIdle, LogLevel.Information, "No jobs are run in this process: {Why}", EventName = "WorkerIdle")]
        public static partial void WorkerIdle(ILogger logger, string why);

        [LoggerMessage(EventIds.WorkerStopping, LogLevel.Information, "No more jobs are claimed; {Count} have {Grace} to end", EventName = "WorkerStopping")]
        public static partial void WorkerStopping(ILogger logger, int count, TimeSpan grace);

        [LoggerMessage(EventIds.WorkerStopped, LogLevel.Information, "Worker {Name} has stopped", EventName = "WorkerStopped")]
        public static partial void WorkerStopped(ILogger logger, string name);

        [LoggerMessage(EventIds.HandlerIgnoresStop, LogLevel.Warning, "The handler of job {JobId} of kind {Kind} did not stop when told; its job is released.", EventName = "HandlerIgnoresStop")]
        public static partial void HandlerIgnoresStop(ILogger logger, string kind, JobId jobId);
    }
}
