using Switchyard.Jobs;

namespace Switchyard.FaultRig.Worker.Handlers;

/// <summary>Takes twice as long as a lease lasts, so that it lives by renewals.</summary>
internal sealed class SlowHandler(Journal journal, WorkerSettings settings) : JournaledHandler(journal, settings)
{
    protected override async Task<JobRunResult> WorkAsync(Work payload, JobContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(Settings.Lease * 2, cancellationToken);
        return JobRunResult.Succeeded(Effect(context));
    }
}
