using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Worker;

internal sealed partial class OutcomeWriter
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.WriteFailed, LogLevel.Warning, "The outcomes of {Count} jobs could not be written; it is tried again.", EventName = "WriteFailed")]
        public static partial void WriteFailed(ILogger logger, Exception exception, int count);

        [LoggerMessage(EventIds.OutcomesLeft, LogLevel.Error, "{Count} outcomes were not written before the stop; their leases are left to run out.", EventName = "OutcomesLeft")]
        public static partial void OutcomesLeft(ILogger logger, int count);
    }
}
