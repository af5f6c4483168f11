using Switchyard.Jobs;

namespace Switchyard.FaultRig.Worker.Handlers;

/// <summary>Reports far more often than anybody could read.</summary>
internal sealed class ProgressHandler(Journal journal, WorkerSettings settings) : JournaledHandler(journal, settings)
{
    protected override async Task<JobRunResult> WorkAsync(Work payload, JobContext context, CancellationToken cancellationToken)
    {
        for (var step = 0; step <= 100; step += 5)
        {
            context.Progress.Report(step, "on the way");
            context.Progress.Log($"step {step}");
            await Task.Delay(TimeSpan.FromMilliseconds(40), cancellationToken);
        }

        return JobRunResult.Succeeded(Effect(context));
    }
}
