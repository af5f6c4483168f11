using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Worker;

internal sealed partial class OutcomeStore
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.ResultDiscarded, LogLevel.Warning, "The result of attempt {Attempt} of job {JobId} of kind {Kind} came too late and is discarded.", EventName = "ResultDiscarded")]
        public static partial void ResultDiscarded(ILogger logger, string kind, JobId jobId, int attempt);

        [LoggerMessage(EventIds.EffectRefused, LogLevel.Error, "The store refused an effect of job {JobId} of kind {Kind}: {Error}", EventName = "EffectRefused")]
        public static partial void EffectRefused(ILogger logger, string kind, JobId jobId, string error);

        [LoggerMessage(EventIds.OutcomeUnwritable, LogLevel.Error, "The outcome of job {JobId} of kind {Kind} can't be written; its lease is left to run out.", EventName = "OutcomeUnwritable")]
        public static partial void OutcomeUnwritable(ILogger logger, string kind, JobId jobId);
    }
}
