using System.Diagnostics;
using System.Text;

namespace Switchyard.FaultRig.Worker;

/// <summary>What this process saw, one line for each event, on the disk before <see cref="Write"/> returns.</summary>
/// <remarks>
/// A line is microseconds of the machine's monotonic clock, the event, and what belongs to it, separated by tabs: the clock is
/// the same for every process of the machine, and no skew touches it.
/// </remarks>
internal sealed class Journal(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private readonly Lock _gate = new();

    public void Write(string what, params ReadOnlySpan<object> details)
    {
        var line = new StringBuilder();
        lock (_gate)
        {
            line.Append(Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000)).Append('\t').Append(what);
            foreach (var detail in details)
            {
                line.Append('\t').Append(detail);
            }

            // One write a line: a process that is killed leaves whole lines, or one torn at the very end.
            _file.Write(Encoding.UTF8.GetBytes(line.Append('\n').ToString()));
            _file.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => _file.Dispose();
}
