using Switchyard.Storage.EfCore.Sqlite.Tests;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

public sealed class SqliteJobAdminTests : JobAdminTests
{
    private protected override Task<OperationsFixture> CreateAsync() => SqliteOperations.CreateAsync();
}

public sealed class SqliteJobBulkTests : JobBulkTests
{
    private protected override Task<OperationsFixture> CreateAsync() => SqliteOperations.CreateAsync();
}

public sealed class SqliteNodeRegistryTests : NodeRegistryTests
{
    private protected override Task<OperationsFixture> CreateAsync() => SqliteOperations.CreateAsync();
}

public sealed class SqliteJobJournalTests : JobJournalTests
{
    private protected override Task<OperationsFixture> CreateAsync() => SqliteOperations.CreateAsync();
}

public sealed class SqliteJobMaintenanceTests : JobMaintenanceTests
{
    private protected override Task<OperationsFixture> CreateAsync() => SqliteOperations.CreateAsync();
}

internal static class SqliteOperations
{
    public static async Task<OperationsFixture> CreateAsync()
    {
        var (database, node) = await SqliteDatabase.CreateAsync();
        return new OperationsFixture(
            node,
            by =>
            {
                database.Clock.Advance(by);
                return Task.CompletedTask;
            },
            database.DisposeAsync);
    }
}
