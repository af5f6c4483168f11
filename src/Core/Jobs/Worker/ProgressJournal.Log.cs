using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Worker;

internal sealed partial class ProgressJournal
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.JournalFailed, LogLevel.Warning, "What {Count} jobs report could not be written; the jobs go on.", EventName = "JournalFailed")]
        public static partial void JournalFailed(ILogger logger, Exception exception, int count);
    }
}
