using Switchyard.Jobs;

namespace Switchyard.FaultRig.Worker.Handlers;

/// <summary>Fails its first two attempts, once by its result and once by an exception, and succeeds in the third.</summary>
internal sealed class FlakyHandler(Journal journal, WorkerSettings settings) : JournaledHandler(journal, settings)
{
    protected override Task<JobRunResult> WorkAsync(Work payload, JobContext context, CancellationToken cancellationToken) => context.Attempt switch
    {
        1 => Task.FromResult(JobRunResult.Retry("Not yet.")),
        2 => throw new InvalidOperationException("Not yet, either."),
        _ => Task.FromResult(JobRunResult.Succeeded(Effect(context))),
    };
}
