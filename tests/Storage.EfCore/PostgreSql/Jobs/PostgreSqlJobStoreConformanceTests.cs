using Switchyard.Conformance.Jobs;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Jobs;

public sealed class PostgreSqlJobStoreConformanceTests : JobStoreConformance
{
    // Tests of one class run one after another: one database serves them all.
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlNodes.CreateDatabaseAsync);

    protected override async Task<IJobStoreFixture> CreateAsync() => await PostgreSqlNodes.CreateAsync(Database);
}
