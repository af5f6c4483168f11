using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests.Jobs;

public sealed class PostgreSqlJobKindTests : JobKindTests
{
    private protected override async Task<(TestNode Node, Func<TimeSpan, Task> Advance, Func<ValueTask> Dispose)> CreateAsync()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await database.StopClockAsync();
        return (node, database.AdvanceAsync, database.DisposeAsync);
    }
}
