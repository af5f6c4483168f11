using Switchyard.Conformance.Ingest;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.Sqlite.Tests.Ingest;

public sealed class SqliteIngestJobStoreConformanceTests : IngestJobStoreConformance
{
    protected override Task<IIngestStoreFixture> CreateAsync() => SqliteIngest.CreateAsync();
}

public sealed class SqliteIngestRunStoreConformanceTests : IngestRunStoreConformance
{
    protected override Task<IIngestStoreFixture> CreateAsync() => SqliteIngest.CreateAsync();
}

public sealed class SqlitePartnerDirectoryConformanceTests : PartnerDirectoryConformance
{
    protected override Task<IIngestStoreFixture> CreateAsync() => SqliteIngest.CreateAsync();
}

internal static class SqliteIngest
{
    public static async Task<IIngestStoreFixture> CreateAsync()
    {
        var (database, node) = await SqliteDatabase.CreateAsync();
        return new NodeIngestFixture(node, database.Clock, _ => Task.CompletedTask, database.DisposeAsync);
    }
}
