using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Conformance.Recurring;

/// <summary>Gives the suite the store to prove, over a database in which nobody else has recurrences that are due.</summary>
public interface IRecurrenceStoreFixture : IAsyncDisposable
{
    /// <summary>Gets the store, which the suite uses from many threads at once.</summary>
    IRecurrenceStore Store { get; }

    /// <summary>Gets the kernel's store over the same database.</summary>
    IJobStore Kernel { get; }

    /// <summary>Moves the store's clock forward. It must stand still otherwise, and keep whole milliseconds exactly.</summary>
    Task AdvanceAsync(TimeSpan by);
}
