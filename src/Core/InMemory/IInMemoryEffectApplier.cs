using Switchyard.Jobs;

namespace Switchyard.InMemory;

/// <summary>Applies effects of some types to the tables of the <see cref="InMemoryDatabase"/>.</summary>
internal interface IInMemoryEffectApplier
{
    /// <summary>Gets whether effects of this type are this applier's.</summary>
    bool Knows(JobEffect effect);

    /// <summary>Applies an effect, or refuses it and changes nothing. Called under the lock.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="job">The job that returned it.</param>
    /// <param name="now">The time of the completion.</param>
    EffectOutcome Apply(JobEffect effect, Job job, DateTimeOffset now);
}
