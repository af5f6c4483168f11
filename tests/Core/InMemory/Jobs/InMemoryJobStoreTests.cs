using Switchyard.Conformance.Jobs;

namespace Switchyard.InMemory.Jobs;

public sealed class InMemoryJobStoreTests : JobStoreConformance
{
    protected override Task<IJobStoreFixture> CreateAsync() => Task.FromResult<IJobStoreFixture>(new InMemoryJobStoreFixture());
}
