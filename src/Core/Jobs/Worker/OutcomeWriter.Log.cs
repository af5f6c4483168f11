using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Worker;

internal sealed partial class OutcomeWriter
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.WriteFailed, LogLevel.Warning, "The outcomes of {Count} jobs could not be written; it is tried again.", EventName = "WriteFailed")]
        public static partial void WriteFailed(ILogger logger, Exception exception, int count);

        [LoggerMessage(EventIds.ResultDiscarded, LogLevel.Warning, "The result of attempt {Attempt} of job {JobId} of kind {Kind} came too late and is discarded.", EventName = "ResultDiscarded")]
        public static partial void ResultDiscarded(ILogger logger, string kind, JobId jobId, int attempt);

        [LoggerMessage(EventIds.EffectRefused, LogLevel.Error, "The store refused an effect of job {JobId} of kind {Kind}: {Error}", EventName = "EffectRefused")]
        public static partial void EffectRefused(ILogger logger, string kind, JobId jobId, string error);

        [LoggerMessage(EventIds.OutcomeUnwritable, LogLevel.Error, "The outcome of job {JobId} of kind {Kind} can't be written; its lease is left to run out.", EventName = "OutcomeUnwritable")]
        public static partial void OutcomeUnwritable(ILogger logger, string kind, JobId jobId);

        [LoggerMessage(EventIds.OutcomesLeft, LogLevel.Error, "{Count} outcomes were not written before the stop; their leases are left to run out.", EventName = "OutcomesLeft")]
        public static partial void OutcomesLeft(ILogger logger, int count);
    }
}
