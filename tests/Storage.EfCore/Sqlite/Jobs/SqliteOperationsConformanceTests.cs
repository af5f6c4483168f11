using Switchyard.Conformance.Jobs.Operations;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.Sqlite.Tests.Jobs;

public sealed class SqliteJobAdminConformanceTests : JobAdminConformance
{
    protected override async Task<IJobOperationsFixture> CreateAsync() => await SqliteNodes.CreateAsync();
}

public sealed class SqliteJobKindConformanceTests : JobKindConformance
{
    protected override async Task<IJobOperationsFixture> CreateAsync() => await SqliteNodes.CreateAsync();
}

public sealed class SqliteNodeRegistryConformanceTests : NodeRegistryConformance
{
    protected override async Task<IJobOperationsFixture> CreateAsync() => await SqliteNodes.CreateAsync();
}

public sealed class SqliteJobJournalConformanceTests : JobJournalConformance
{
    protected override async Task<IJobOperationsFixture> CreateAsync() => await SqliteNodes.CreateAsync();
}

public sealed class SqliteJobMaintenanceConformanceTests : JobMaintenanceConformance
{
    protected override async Task<IJobOperationsFixture> CreateAsync() => await SqliteNodes.CreateAsync();
}

internal static class SqliteNodes
{
    public static async Task<NodeFixture> CreateAsync()
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
