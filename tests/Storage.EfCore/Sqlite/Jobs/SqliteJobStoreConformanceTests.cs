using Switchyard.Conformance.Jobs;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.Sqlite.Tests.Jobs;

public sealed class SqliteJobStoreConformanceTests : JobStoreConformance
{
    protected override async Task<IJobStoreFixture> CreateAsync()
    {
        var (database, node) = await SqliteDatabase.CreateAsync();
        return new NodeFixture(
            node,
            by =>
            {
                database.Clock.Advance(by);
                return Task.CompletedTask;
            },
            database.DisposeAsync,
            cases: 20);
    }
}
