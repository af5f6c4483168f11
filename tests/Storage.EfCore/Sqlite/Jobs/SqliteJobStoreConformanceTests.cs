using Switchyard.Conformance.Jobs;

namespace Switchyard.Storage.EfCore.Sqlite.Tests.Jobs;

public sealed class SqliteJobStoreConformanceTests : JobStoreConformance
{
    protected override async Task<IJobStoreFixture> CreateAsync() => await SqliteNodes.CreateAsync();
}
