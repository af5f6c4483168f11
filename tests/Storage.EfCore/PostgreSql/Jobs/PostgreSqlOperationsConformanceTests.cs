using Switchyard.Conformance.Jobs.Operations;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Jobs;

public sealed class PostgreSqlJobAdminConformanceTests : JobAdminConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlNodes.CreateDatabaseAsync);

    protected override async Task<IJobOperationsFixture> CreateAsync() => await PostgreSqlNodes.CreateAsync(Database);
}

public sealed class PostgreSqlJobKindConformanceTests : JobKindConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlNodes.CreateDatabaseAsync);

    protected override async Task<IJobOperationsFixture> CreateAsync() => await PostgreSqlNodes.CreateAsync(Database);
}

public sealed class PostgreSqlNodeRegistryConformanceTests : NodeRegistryConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlNodes.CreateDatabaseAsync);

    protected override async Task<IJobOperationsFixture> CreateAsync() => await PostgreSqlNodes.CreateAsync(Database);
}

public sealed class PostgreSqlJobJournalConformanceTests : JobJournalConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlNodes.CreateDatabaseAsync);

    protected override async Task<IJobOperationsFixture> CreateAsync() => await PostgreSqlNodes.CreateAsync(Database);
}

public sealed class PostgreSqlJobMaintenanceConformanceTests : JobMaintenanceConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlNodes.CreateDatabaseAsync);

    protected override async Task<IJobOperationsFixture> CreateAsync() => await PostgreSqlNodes.CreateAsync(Database);
}

internal static class PostgreSqlNodes
{
    public static async Task<PostgreSqlDatabase> CreateDatabaseAsync()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await node.DisposeAsync();
        await database.StopClockAsync();
        return database;
    }

    /// <summary>Empties the one database of a class, which is quicker than making one for each test.</summary>
    public static async Task<NodeFixture> CreateAsync(Lazy<Task<PostgreSqlDatabase>> shared)
    {
        var database = await shared.Value;
        await database.ExecuteAsync(
            "truncate switchyard.jobs, switchyard.job_kinds, switchyard.job_operations, switchyard.job_journals, switchyard.job_tallies, switchyard.job_nodes");
        return new NodeFixture(database.NewNode(), database.AdvanceAsync, () => ValueTask.CompletedTask, cases: 40);
    }
}
