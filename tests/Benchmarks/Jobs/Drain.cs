namespace Switchyard.Benchmarks.Jobs;

/// <summary>Lets workers, each a process, work a backlog off.</summary>
/// <param name="Rate">Jobs a second, from the first worker's start to the last outcome that was written.</param>
/// <param name="Microseconds">What a job cost the workers of processor time.</param>
internal sealed record Drain(double Rate, double Microseconds)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<Drain> RunAsync(JobsDatabase database, int jobs, int concurrency, params WorkerProcess[] workers)
    {
        var (before, _) = await database.CountAsync();
        var starts = await Task.WhenAll(workers.Select(worker => worker.StartAsync(database, concurrency)));
        while (workers.Sum(worker => worker.At) < jobs)
        {
            // Later by this much or not, the end is what the last worker says that it was.
            await Task.Delay(Look, TimeProvider.System);
            if (TimeProvider.System.GetElapsedTime(starts.Min()) > Patience)
            {
                throw new TimeoutException($"Of {jobs} jobs {workers.Sum(worker => worker.At)} succeeded within {Patience}.");
            }
        }

        var stops = await Task.WhenAll(workers.Select(worker => worker.StopAsync()));
        var (succeeded, _) = await database.CountAsync();
        if (succeeded - before != jobs || stops.Sum(stop => stop.Succeeded) != jobs)
        {
            throw new InvalidOperationException($"{jobs} jobs were to succeed; {succeeded - before} rows did, and {stops.Sum(stop => stop.Succeeded)} outcomes were reported.");
        }

        var seconds = TimeProvider.System.GetElapsedTime(starts.Min(), stops.Max(stop => stop.Last)).TotalSeconds;
        return new Drain(jobs / seconds, stops.Sum(stop => stop.Microseconds) / jobs);
    }
}
