using Switchyard.Storage.EfCore.PostgreSql.Tests;

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
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await database.StopClockAsync();
        return new OperationsFixture(node, database.AdvanceAsync, database.DisposeAsync);
    }
}
