using Switchyard.Conformance.Jobs.Operations;

namespace Switchyard.InMemory.Jobs;

public sealed class InMemoryJobAdminTests : JobAdminConformance
{
    protected override Task<IJobOperationsFixture> CreateAsync() => Task.FromResult<IJobOperationsFixture>(new InMemoryJobStoreFixture());
}

public sealed class InMemoryJobKindTests : JobKindConformance
{
    protected override Task<IJobOperationsFixture> CreateAsync() => Task.FromResult<IJobOperationsFixture>(new InMemoryJobStoreFixture());
}

public sealed class InMemoryNodeRegistryTests : NodeRegistryConformance
{
    protected override Task<IJobOperationsFixture> CreateAsync() => Task.FromResult<IJobOperationsFixture>(new InMemoryJobStoreFixture());
}

public sealed class InMemoryJobJournalTests : JobJournalConformance
{
    protected override Task<IJobOperationsFixture> CreateAsync() => Task.FromResult<IJobOperationsFixture>(new InMemoryJobStoreFixture());
}

public sealed class InMemoryJobMaintenanceTests : JobMaintenanceConformance
{
    protected override Task<IJobOperationsFixture> CreateAsync() => Task.FromResult<IJobOperationsFixture>(new InMemoryJobStoreFixture());
}
