using Switchyard.Jobs;
using Switchyard.Scheduling;
using Switchyard.Storage.EfCore.Jobs;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Stores new executions as the effects of a firing: all of a batch by one statement.</summary>
internal sealed class ExecutionQueuedApplier : IEffectApplier
{
    public bool Knows(JobEffect effect) => effect is ExecutionQueued;

    public Task ApplyAsync(StoreSession session, JobEffect effect) => ApplyAllAsync(session, [effect]);

    public Task ApplyAllAsync(StoreSession session, IReadOnlyList<JobEffect> effects) =>
        ExecutionWrites.InsertAsync(session, [.. effects.Cast<ExecutionQueued>().Select(effect => effect.Execution)]);
}

/// <summary>Ends attempts as the effects of their kernel's jobs: all of a batch by a fixed number of statements.</summary>
internal sealed class AttemptEndedApplier : IEffectApplier
{
    public bool Knows(JobEffect effect) => effect is AttemptEnded;

    public Task ApplyAsync(StoreSession session, JobEffect effect) => ApplyAllAsync(session, [effect]);

    public Task ApplyAllAsync(StoreSession session, IReadOnlyList<JobEffect> effects) => AttemptEnds.ApplyAsync(session, [.. effects.Cast<AttemptEnded>()]);
}
