using Switchyard.Storage.EfCore.PostgreSql.Tests;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

public sealed class PostgreSqlJobAdminTests : JobAdminTests
{
    private protected override Task<OperationsFixture> CreateAsync() => PostgreSqlOperations.CreateAsync();
}

public sealed class PostgreSqlJobBulkTests : JobBulkTests
{
    private protected override Task<OperationsFixture> CreateAsync() => PostgreSqlOperations.CreateAsync();
}

public sealed class PostgreSqlNodeRegistryTests : NodeRegistryTests
{
    private protected override Task<OperationsFixture> CreateAsync() => PostgreSqlOperations.CreateAsync();
}

public sealed class PostgreSqlJobJournalTests : JobJournalTests
{
    private protected override Task<OperationsFixture> CreateAsync() => PostgreSqlOperations.CreateAsync();
}

public sealed class PostgreSqlJobMaintenanceTests : JobMaintenanceTests
{
    private protected override Task<OperationsFixture> CreateAsync() => PostgreSqlOperations.CreateAsync();
}

internal static class PostgreSqlOperations
{
    public static async Task<OperationsFixture> CreateAsync()
    {
        var (database, node) = await CreateDatabaseAsync();
        await database.StopClockAsync();
        return new OperationsFixture(node, database.AdvanceAsync, database.DisposeAsync);
    }

    /// <summary>Makes a database whose connections go soon after its test: there are more tests than the server takes clients.</summary>
    public static async Task<(PostgreSqlDatabase Database, TestNode Node)> CreateDatabaseAsync()
    {
        var database = new PostgreSqlDatabase(await PostgresServer.Get().CreateDatabaseAsync() + ";Connection Idle Lifetime=1;Connection Pruning Interval=1");
        var node = database.NewNode();
        await node.MigrateAsync();
        return (database, node);
    }
}
