using Switchyard.Conformance.Jobs;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Jobs;

public sealed class PostgreSqlJobStoreConformanceTests : JobStoreConformance
{
    // Tests of one class run one after another, on kinds of their own: one database serves them all.
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(CreateDatabaseAsync);

    protected override async Task<IJobStoreFixture> CreateAsync()
    {
        var database = await Database.Value;
        return new NodeFixture(database.NewNode(), database.AdvanceAsync, () => ValueTask.CompletedTask, cases: 40);
    }

    private static async Task<PostgreSqlDatabase> CreateDatabaseAsync()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await node.DisposeAsync();
        await database.StopClockAsync();
        return database;
    }
}
