using Switchyard.Ingest;
using Switchyard.Jobs;

namespace Switchyard.Conformance.Ingest;

/// <summary>Gives the ingest suites the stores to prove, over one empty database for each test.</summary>
public interface IIngestStoreFixture : IAsyncDisposable
{
    /// <summary>Gets the store of jobs, which the suites use from many threads at once.</summary>
    IIngestJobStore Jobs { get; }

    /// <summary>Gets the store of runs.</summary>
    IIngestRunStore Runs { get; }

    /// <summary>Gets the directory of partners.</summary>
    IPartnerDirectory Partners { get; }

    /// <summary>Gets the kernel's store over the same database.</summary>
    IJobStore Kernel { get; }

    /// <summary>Gets the clock of the stores. It stands still unless it is moved, and has whole milliseconds.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Moves the clock forward.</summary>
    Task AdvanceAsync(TimeSpan by);
}
