using Switchyard.Conformance.Recurring;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.Sqlite.Tests.Recurring;

public sealed class SqliteRecurrenceStoreConformanceTests : RecurrenceStoreConformance
{
    protected override async Task<IRecurrenceStoreFixture> CreateAsync()
    {
        var (database, node) = await SqliteDatabase.CreateAsync();
        return new NodeRecurrenceFixture(node, by => Advance(database, by), database.DisposeAsync);
    }

    private static Task Advance(SqliteDatabase database, TimeSpan by)
    {
        database.Clock.Advance(by);
        return Task.CompletedTask;
    }
}
