using Switchyard.Ingest;
using Switchyard.Jobs;

namespace Switchyard.InMemory.Ingest;

/// <summary>Ends runs along with the kernel's jobs.</summary>
internal sealed class IngestEffectApplier(IngestTables tables) : IInMemoryEffectApplier
{
    /// <inheritdoc/>
    public bool Knows(JobEffect effect) => effect is IngestRunFinished;

    /// <inheritdoc/>
    public EffectOutcome Apply(JobEffect effect, Job job, DateTimeOffset now)
    {
        var finished = (IngestRunFinished)effect;
        if (!tables.Runs.TryGetValue(finished.RunUid, out var row))
        {
            // An end that nothing is left to take is stale, not wrong: it must not keep the kernel's job from ending.
            return EffectOutcome.Applied(() => { });
        }

        var before = row.Run;
        row.TryFinish(finished);
        return EffectOutcome.Applied(() => row.Run = before);
    }
}
