using Switchyard.Jobs;

namespace Switchyard.Conformance.Jobs;

/// <summary>Gives a suite the store to prove, and a hand on the store's clock.</summary>
/// <remarks>
/// Every test uses job kinds of its own, so fixtures may share a database as long as no two of them are in use at once.
/// </remarks>
public interface IJobStoreFixture : IAsyncDisposable
{
    /// <summary>Gets the store, which the suite uses from many threads at once.</summary>
    IJobStore Store { get; }

    /// <summary>Gets a way to see effects applied, or <see langword="null"/> where the store knows none but <see cref="JobRequest"/>.</summary>
    IJobEffectProbe? Effects { get; }

    /// <summary>Gets how many cases the model-based property runs, unless <c>SWITCHYARD_CASES</c> says otherwise.</summary>
    int PropertyCases { get; }

    /// <summary>Moves the store's clock forward. It must stand still otherwise, and keep whole milliseconds exactly.</summary>
    Task AdvanceAsync(TimeSpan by);
}
