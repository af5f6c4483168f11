using Switchyard.Conformance.Recurring;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Recurring;

public sealed class PostgreSqlRecurrenceStoreConformanceTests : RecurrenceStoreConformance
{
    // Tests of one class run one after another: one database serves them all.
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(CreateDatabaseAsync);

    protected override async Task<IRecurrenceStoreFixture> CreateAsync()
    {
        var database = await Database.Value;
        await database.ExecuteAsync("truncate switchyard.jobs, switchyard.recurrences, switchyard.recurrence_targets, switchyard.recurrence_revisions, switchyard.occurrences");
        return new NodeRecurrenceFixture(database.NewNode(), database.AdvanceAsync, () => ValueTask.CompletedTask);
    }

    private static async Task<PostgreSqlDatabase> CreateDatabaseAsync()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await node.DisposeAsync();
        await database.StopClockAsync();
        return database;
    }
}
