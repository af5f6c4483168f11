using Switchyard.Jobs.Operations;

namespace Switchyard.Conformance.Jobs.Operations;

/// <summary>Gives the suites of the operations ports their adapters, all over the one database that the store under test uses.</summary>
/// <remarks>
/// These suites look at all that there is: each fixture that they make starts with a database that holds nothing. Where the fixture
/// of <see cref="JobStoreConformance"/> is one of these, its property takes pauses, limits and changes of many jobs into its histories.
/// </remarks>
public interface IJobOperationsFixture : IJobStoreFixture
{
    /// <summary>Gets what changes many jobs.</summary>
    IJobAdmin Admin { get; }

    /// <summary>Gets what limits and pauses kinds.</summary>
    IJobKindStore Kinds { get; }

    /// <summary>Gets the registry of workers.</summary>
    INodeRegistry Nodes { get; }

    /// <summary>Gets the journal.</summary>
    IJobJournal Journal { get; }

    /// <summary>Gets what prunes.</summary>
    IJobMaintenance Maintenance { get; }
}
