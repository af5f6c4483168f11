using Switchyard.Jobs;

namespace Switchyard.FaultRig.Worker.Handlers;

/// <summary>Takes its process down, every time.</summary>
internal sealed class PoisonHandler(Journal journal, WorkerSettings settings) : JournaledHandler(journal, settings)
{
    protected override Task<JobRunResult> WorkAsync(Work payload, JobContext context, CancellationToken cancellationToken)
    {
        Environment.FailFast("This job kills its process.");
        return Task.FromResult(JobRunResult.Succeeded(Effect(context)));
    }
}
