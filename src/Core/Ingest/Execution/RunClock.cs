namespace Switchyard.Ingest.Execution;

/// <summary>Knows how much of a run's time limit is left. It counts from the accepted start, over all attempts.</summary>
internal static class RunClock
{
    public static TimeSpan Left(IngestRun run, IngestOptions options, DateTimeOffset now)
    {
        var left = run.CreatedAt + options.TimeLimit - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
