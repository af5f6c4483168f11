using Switchyard.Conformance.Scheduling;
using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.Sqlite.Tests.Scheduling;

public sealed class SqliteAccountMembershipConformanceTests : AccountMembershipConformance
{
    protected override Task<ISchedulingStoreFixture> CreateAsync() => SqliteScheduling.CreateAsync();
}

public sealed class SqliteScheduleStoreConformanceTests : ScheduleStoreConformance
{
    protected override Task<ISchedulingStoreFixture> CreateAsync() => SqliteScheduling.CreateAsync();
}

public sealed class SqliteWebhookStoreConformanceTests : WebhookStoreConformance
{
    protected override Task<ISchedulingStoreFixture> CreateAsync() => SqliteScheduling.CreateAsync();
}

public sealed class SqliteExecutionStoreConformanceTests : ExecutionStoreConformance
{
    protected override Task<ISchedulingStoreFixture> CreateAsync() => SqliteScheduling.CreateAsync();
}

internal static class SqliteScheduling
{
    public static async Task<ISchedulingStoreFixture> CreateAsync()
    {
        var (database, node) = await SqliteDatabase.CreateAsync();
        return new NodeSchedulingFixture(node, database.Clock, _ => Task.CompletedTask, database.DisposeAsync);
    }
}
