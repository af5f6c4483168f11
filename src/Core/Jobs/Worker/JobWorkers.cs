using Microsoft.Extensions.Hosting;

namespace Switchyard.Jobs.Worker;

/// <summary>Runs the workers of a process: one for the kinds that share slots, and one for each kind that has slots of its own.</summary>
internal sealed class JobWorkers(IReadOnlyList<JobWorker> workers) : BackgroundService
{
    public override void Dispose()
    {
        foreach (var worker in workers)
        {
            worker.Dispose();
        }

        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(workers.Select(worker => worker.RunAsync(stoppingToken)));
}
