using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Applies effects of one kind in the transaction of their completion; each feature of this package registers its own.</summary>
internal interface IEffectApplier
{
    bool Knows(JobEffect effect);

    Task ApplyAsync(StoreSession session, JobEffect effect);
}
