using Switchyard.Jobs;

namespace Switchyard.FaultRig.Worker.Handlers;

/// <summary>Takes a few hundredths of a second.</summary>
internal sealed class QuickHandler(Journal journal, WorkerSettings settings) : JournaledHandler(journal, settings)
{
    protected override async Task<JobRunResult> WorkAsync(Work payload, JobContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(20 + payload.Number % 7 * 20), cancellationToken);
        return JobRunResult.Succeeded(Effect(context));
    }
}
