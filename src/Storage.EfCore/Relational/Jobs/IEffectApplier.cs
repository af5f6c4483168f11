using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Applies effects of one kind in the transaction of their completion; each feature of this package registers its own.</summary>
internal interface IEffectApplier
{
    bool Knows(JobEffect effect);

    Task ApplyAsync(StoreSession session, JobEffect effect);

    /// <summary>Applies many, in order; who can write them by one statement does so.</summary>
    async Task ApplyAllAsync(StoreSession session, IReadOnlyList<JobEffect> effects)
    {
        foreach (var effect in effects)
        {
            await ApplyAsync(session, effect).ConfigureAwait(false);
        }
    }
}
