using Switchyard.Conformance.Scheduling;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Scheduling;

public sealed class PostgreSqlAccountMembershipConformanceTests : AccountMembershipConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlScheduling.CreateDatabaseAsync);

    protected override Task<ISchedulingStoreFixture> CreateAsync() => PostgreSqlScheduling.CreateAsync(Database);
}

public sealed class PostgreSqlScheduleStoreConformanceTests : ScheduleStoreConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlScheduling.CreateDatabaseAsync);

    protected override Task<ISchedulingStoreFixture> CreateAsync() => PostgreSqlScheduling.CreateAsync(Database);
}

public sealed class PostgreSqlWebhookStoreConformanceTests : WebhookStoreConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlScheduling.CreateDatabaseAsync);

    protected override Task<ISchedulingStoreFixture> CreateAsync() => PostgreSqlScheduling.CreateAsync(Database);
}

public sealed class PostgreSqlExecutionStoreConformanceTests : ExecutionStoreConformance
{
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(PostgreSqlScheduling.CreateDatabaseAsync);

    protected override Task<ISchedulingStoreFixture> CreateAsync() => PostgreSqlScheduling.CreateAsync(Database);
}

internal static class PostgreSqlScheduling
{
    /// <summary>Makes a database whose clock is that of the process, and stands still.</summary>
    public static async Task<PostgreSqlDatabase> CreateDatabaseAsync()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await node.DisposeAsync();
        await database.StopClockAsync();
        return database;
    }

    /// <summary>Empties the one database of a class, which is quicker than making one for each test.</summary>
    public static async Task<ISchedulingStoreFixture> CreateAsync(Lazy<Task<PostgreSqlDatabase>> shared)
    {
        var database = await shared.Value;
        await database.ExecuteAsync(
            "truncate switchyard.jobs, switchyard.job_tallies, switchyard.recurrences, switchyard.recurrence_targets, switchyard.recurrence_revisions, switchyard.occurrences, "
            + "switchyard.accounts, switchyard.schedules, switchyard.webhooks, switchyard.executions, switchyard.execution_tallies, switchyard.scheduling_audit");
        await database.ExecuteAsync("update test_clock set at = $1", database.Clock.GetUtcNow());
        return new NodeSchedulingFixture(database.NewNode(), database.Clock, database.AdvanceAsync, () => ValueTask.CompletedTask);
    }
}
