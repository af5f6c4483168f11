using Switchyard.Jobs;

namespace Switchyard.FaultRig.Worker.Handlers;

/// <summary>Enqueues one more job by its completion, under an id that is new in every attempt: a second one would be seen.</summary>
internal sealed class ChainHandler(Journal journal, WorkerSettings settings, TimeProvider timeProvider) : JournaledHandler(journal, settings)
{
    protected override Task<JobRunResult> WorkAsync(Work payload, JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobRunResult.Succeeded(
            Effect(context),
            new JobRequest { Id = JobId.New(timeProvider), Kind = "link", Payload = JobPayload.Serialize(payload), MaxAttempts = 30 }));
}
