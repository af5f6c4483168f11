using Switchyard.Conformance.Ingest;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Ingest;

public sealed class PostgreSqlIngestJobStoreConformanceTests : IngestJobStoreConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlIngest.CreateDatabaseAsync);

    protected override Task<IIngestStoreFixture> CreateAsync() => PostgreSqlIngest.CreateAsync(Database);
}

public sealed class PostgreSqlIngestRunStoreConformanceTests : IngestRunStoreConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlIngest.CreateDatabaseAsync);

    protected override Task<IIngestStoreFixture> CreateAsync() => PostgreSqlIngest.CreateAsync(Database);
}

public sealed class PostgreSqlPartnerDirectoryConformanceTests : PartnerDirectoryConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlIngest.CreateDatabaseAsync);

    protected override Task<IIngestStoreFixture> CreateAsync() => PostgreSqlIngest.CreateAsync(Database);
}

internal static class PostgreSqlIngest
{
    public static async Task<PostgreSqlDatabase> CreateDatabaseAsync()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await node.DisposeAsync();
        await database.StopClockAsync();
        return database;
    }

    /// <summary>Empties the one database of a class, which is quicker than making one for each test.</summary>
    public static async Task<IIngestStoreFixture> CreateAsync(Lazy<Task<PostgreSqlDatabase>> shared)
    {
        var database = await shared.Value;
        await database.ExecuteAsync("truncate switchyard.jobs, switchyard.ingest_jobs, switchyard.ingest_keys, switchyard.partners cascade");
        return new NodeIngestFixture(database.NewNode(), database.Clock, database.AdvanceAsync, () => ValueTask.CompletedTask);
    }
}
